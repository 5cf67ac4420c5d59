import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

type Parser = typeof import('@actions/workflow-parser')

/** GitHub's own parser of workflows, made one file first: it imports JSON in a way that Node 20 does not know. */
export const loadWorkflowParser = async (): Promise<Parser> => {
  const folder = await mkdtemp(join(tmpdir(), 'foghorn-workflow-parser-'))
  try {
    const outfile = join(folder, 'parser.cjs')
    await build({
      entryPoints: ['@actions/workflow-parser'],
      bundle: true,
      platform: 'node',
      outfile,
      absWorkingDir: import.meta.dirname,
    })
    return ((await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as { default: Parser }).default
  } finally {
    await rm(folder, { recursive: true })
  }
}
