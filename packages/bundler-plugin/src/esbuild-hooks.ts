import { dirname, relative, resolve, sep } from 'node:path'
import { injectFolder } from '@foghorn/artifacts'
import type { BuildResult, PluginBuild } from 'esbuild'
import { deliverBuild, type WrittenBuild } from './deliver-build.ts'
import type { Settings } from './options.ts'
import { releaseCode } from './release-code.ts'
import { isScript, stampOutput } from './stamp-output.ts'

const RELEASE_MODULE = 'foghorn:release'

const addRelease = (build: PluginBuild, release: string): void => {
  build.initialOptions.inject = [...(build.initialOptions.inject ?? []), RELEASE_MODULE]
  build.onResolve({ filter: /^foghorn:release$/ }, () => ({ path: 'release', namespace: 'foghorn', sideEffects: true }))
  build.onLoad({ filter: /^release$/, namespace: 'foghorn' }, () => ({ contents: releaseCode(release), loader: 'js' }))
}

const writtenBuild = ({ initialOptions }: PluginBuild, outputs: string[]): WrittenBuild => {
  const { absWorkingDir = process.cwd(), outdir, outfile } = initialOptions
  const folder = resolve(absWorkingDir, outdir ?? (outfile === undefined ? '.' : dirname(outfile)))
  const files = outputs.map((path) => relative(folder, resolve(absWorkingDir, path)).split(sep).join('/'))
  return { folder, files }
}

/** For builds whose files the caller writes: nothing can be uploaded, as nobody knows where they will be. */
const stampInMemory = ({ outputFiles = [] }: BuildResult, settings: Settings): void => {
  for (const file of outputFiles.filter(({ path }) => isScript(path))) {
    const map = outputFiles.find(({ path }) => path === `${file.path}.map`)
    const stamped = stampOutput({ name: file.path, code: file.text, ...(map ? { map: map.text } : {}) }, settings)
    if (!stamped) continue
    file.contents = Buffer.from(stamped.code)
    if (map) map.contents = Buffer.from(stamped.map)
  }
}

const stampOnDisk = async (written: WrittenBuild, { problem }: Settings): Promise<void> => {
  const { outcomes, warnings } = await injectFolder(written)
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'failed' ? [outcome.reason] : []))
  for (const sentence of [...failures, ...warnings]) problem(sentence)
}

/** What esbuild runs. It has no hook between making and writing files, so they are stamped where they lie. */
export const setUpEsbuild = (build: PluginBuild, settings: Settings): void => {
  const { initialOptions } = build
  if (settings.destination) initialOptions.sourcemap ??= 'external'
  initialOptions.metafile = true
  if (settings.release !== undefined) addRelease(build, settings.release)
  build.onEnd(async (result) => {
    if (result.errors.length > 0) return
    if (initialOptions.write === false) return stampInMemory(result, settings)
    const written = writtenBuild(build, Object.keys(result.metafile?.outputs ?? {}))
    await stampOnDisk(written, settings)
    await deliverBuild(written, settings)
  })
}
