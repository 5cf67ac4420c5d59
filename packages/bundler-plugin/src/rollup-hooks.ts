import { dirname } from 'node:path'
import MagicString from 'magic-string'
import type { NormalizedOutputOptions, OutputAsset, OutputBundle, OutputChunk, OutputOptions, Plugin } from 'rollup'
import { deliverBuild } from './deliver-build.ts'
import type { Settings } from './options.ts'
import { RELEASE_MARK, releaseCode } from './release-code.ts'
import { isScript, stampOutput } from './stamp-output.ts'

const textOf = (file: OutputAsset | OutputChunk): string => {
  if (file.type === 'chunk') return file.code
  return typeof file.source === 'string' ? file.source : Buffer.from(file.source).toString('utf8')
}

/** Scripts of workers are assets, as far as the page's build knows. */
const stampBundle = (bundle: OutputBundle, settings: Settings): void => {
  for (const [name, file] of Object.entries(bundle)) {
    if (!isScript(name)) continue
    const map = bundle[`${name}.map`]
    const script = { name, code: textOf(file), ...(map ? { map: textOf(map) } : {}) }
    const stamped = stampOutput(script, settings)
    if (!stamped) continue
    if (file.type === 'chunk') file.code = stamped.code
    else file.source = stamped.code
    if (map?.type === 'asset') map.source = stamped.map
  }
}

const withRelease = (code: string, release: string) => {
  const changed = new MagicString(code).prepend(releaseCode(release))
  return { code: changed.toString(), map: changed.generateMap({ hires: 'boundary' }) }
}

const withMaps = (output: OutputOptions): OutputOptions | null =>
  output.sourcemap === undefined ? { ...output, sourcemap: 'hidden' } : null

/** What Rollup and those that took over its hooks (Rolldown, Vite) run. */
export const rollupHooks = (settings: Settings) =>
  ({
    outputOptions: (output: OutputOptions) => (settings.destination ? withMaps(output) : null),
    transform: {
      filter: { code: RELEASE_MARK },
      handler: (code: string) => (settings.release === undefined ? null : withRelease(code, settings.release)),
    },
    generateBundle: {
      // Behind plugins that rewrite code here, before anything is compressed or written.
      order: 'post',
      handler: (_output: NormalizedOutputOptions, bundle: OutputBundle) => stampBundle(bundle, settings),
    },
    async writeBundle({ dir, file }: NormalizedOutputOptions, bundle: OutputBundle) {
      if (this.meta.watchMode) return
      const folder = dir ?? (file === undefined ? '.' : dirname(file))
      await deliverBuild({ folder, files: Object.keys(bundle) }, settings)
    },
  }) satisfies Partial<Plugin>
