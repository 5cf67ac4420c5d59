// The GitHub Action's own steps, run as a runner runs them: inputs in the environment, each script in a shell of its own.
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildProgram, ORIGINAL_FRAMES, runProgram } from './program.ts'
import { brief, debugMeta, startService, type Service } from './service.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

interface Step {
  env: Record<string, string>
  script: string
}

/** The steps of the composite action: their variables, and the lines below `run: |`. */
const readSteps = (): Step[] =>
  readFileSync(`${ROOT}action.yml`, 'utf8')
    .split(/^ {4}- name: /m)
    .slice(1)
    .map((step) => ({
      env: Object.fromEntries([...step.matchAll(/^ {8}(\w+): (.+)$/gm)].map(([, name, value]) => [name!, value!])),
      script: step.slice(step.indexOf('run: |') + 'run: |'.length).replace(/^ {8}/gm, ''),
    }))

const fill = (text: string, inputs: Record<string, string>): string =>
  text.replace(
    /\$\{\{ inputs\.([\w-]+)(?: \|\| github\.sha)? \}\}/g,
    (_, name: string) => inputs[name] || 'a'.repeat(40),
  )

const runAction = async (inputs: Record<string, string>): Promise<string> => {
  const { PATH = '', HOME = '' } = process.env
  let output = ''
  for (const { env, script } of readSteps()) {
    const filled = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fill(value, inputs)]))
    // The flags are those of `shell: bash`.
    const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script]
    output += (await promisify(execFile)('bash', args, { cwd: ROOT, env: { PATH, HOME, ...filled } })).stdout
  }
  return output
}

test('uploads the build, takes its maps away and tells the release', async () => {
  const dist = buildProgram('action')
  const output = await runAction({
    folder: dist,
    url: service.url(),
    'auth-token': service.token,
    org: 'acme',
    project: 'shop',
    environment: 'production',
    'keep-maps': 'false',
  })
  expect(output).toContain('Uploaded 1 script with its map for release aaaaaaa')
  expect(output).toContain('production')
  expect(readdirSync(dist)).toEqual(['app.js'])
  const debugId = /debugId=(\S+)/.exec(readFileSync(`${dist}/app.js`, 'utf8'))![1]!
  expect(brief(await service.resolve(runProgram(dist), debugMeta(debugId))).slice(0, 3)).toEqual(ORIGINAL_FRAMES)
})
