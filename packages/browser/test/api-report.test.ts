import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const FILES = [
  'index',
  'api',
  'options',
  'scope',
  'source',
  'init',
  'feedback',
  'report-dialog',
  'explain',
  'frames',
  'vitals',
  'tracing',
  'tracing/span',
  'tracing/tracer',
  'worker',
  'liveness',
  'stale-deploy',
  'session-control',
  'script-tag',
]

test('the public types are those of api-report.md', async () => {
  const parts = FILES.map((name) => {
    const text = readFileSync(join(import.meta.dirname, `../dist/${name}.d.ts`), 'utf8')
    return `## ${name}\n\n\`\`\`ts\n${text
      .replace(/\/\/# sourceMappingURL.*\n?/, '')
      .replaceAll(/^\s*\/?\*+.*\n/gm, '')
      .trim()}\n\`\`\``
  })
  const report = `# API of @foghorn/browser\n\nWritten by test/api-report.test.ts: a change here is a change for users.\n\n${parts.join('\n\n')}\n`
  await expect(report).toMatchFileSnapshot('../api-report.md')
})
