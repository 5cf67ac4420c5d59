import { deliverBuild } from './deliver-build.ts'
import type { Settings } from './options.ts'
import { releaseCode } from './release-code.ts'
import { isScript, stampOutput } from './stamp-output.ts'

interface Source {
  source(): string | Uint8Array
}

interface Asset {
  name: string
  source: Source
  info: { related?: { sourceMap?: string | string[] | null } | null }
}

interface Compilation {
  hooks: { processAssets: { tap(options: { name: string; stage: number }, run: () => void): void } }
  outputOptions: { path?: string | undefined }
  getAssets(): readonly Asset[]
  getAsset(name: string): Asset | void
  updateAsset(name: string, source: Source): void
}

interface EntryPlugin {
  apply(compiler: Compiler): void
}

/** What of a compiler is used here; webpack's and Rspack's are alike in it. */
export interface Compiler {
  options: { devtool?: string | false | undefined; mode?: string | undefined }
  context: string
  watchMode?: boolean
  hooks: {
    thisCompilation: { tap(name: string, run: (compilation: Compilation) => void): void }
    afterEmit: { tapPromise(name: string, run: (compilation: Compilation) => Promise<void>): void }
  }
  webpack: {
    Compilation: { PROCESS_ASSETS_STAGE_DEV_TOOLING: number }
    EntryPlugin: new (context: string, request: string, options: { name: undefined }) => EntryPlugin
    sources: { RawSource: new (text: string) => Source }
  }
}

const NAME = 'foghorn'

const textOf = ({ source }: Asset): string => {
  const content = source.source()
  return typeof content === 'string' ? content : Buffer.from(content).toString('utf8')
}

const mapOf = ({ name, info }: Asset, compilation: Compilation): Asset | undefined => {
  const related = [info.related?.sourceMap ?? `${name}.map`].flat()[0]
  return (related === undefined ? undefined : compilation.getAsset(related)) ?? undefined
}

const stampAssets = (compilation: Compilation, { webpack }: Compiler, settings: Settings): void => {
  const { RawSource } = webpack.sources
  for (const asset of compilation.getAssets()) {
    if (!isScript(asset.name)) continue
    const map = mapOf(asset, compilation)
    const stamped = stampOutput(
      { name: asset.name, code: textOf(asset), ...(map ? { map: textOf(map) } : {}) },
      settings,
    )
    if (!stamped) continue
    compilation.updateAsset(asset.name, new RawSource(stamped.code))
    if (map) compilation.updateAsset(map.name, new RawSource(stamped.map))
  }
}

/** An entry without a name comes before every entry. */
const addRelease = (compiler: Compiler, release: string): void =>
  new compiler.webpack.EntryPlugin(
    compiler.context,
    `data:text/javascript,${encodeURIComponent(releaseCode(release))}`,
    { name: undefined },
  ).apply(compiler)

/** What webpack and Rspack run. */
export const applyToWebpack = (compiler: Compiler, settings: Settings): void => {
  const { options, hooks, webpack } = compiler
  if (settings.destination && options.devtool === undefined && options.mode !== 'development')
    options.devtool = 'hidden-source-map'
  if (settings.release !== undefined) addRelease(compiler, settings.release)
  // Maps are made at this stage; content hashes, checksums and compressed copies after it.
  const stage = webpack.Compilation.PROCESS_ASSETS_STAGE_DEV_TOOLING + 1
  hooks.thisCompilation.tap(NAME, (compilation) =>
    compilation.hooks.processAssets.tap({ name: NAME, stage }, () => stampAssets(compilation, compiler, settings)),
  )
  hooks.afterEmit.tapPromise(NAME, async (compilation) => {
    if (compiler.watchMode) return
    const files = compilation.getAssets().flatMap(({ name, info }) => [name, ...[info.related?.sourceMap ?? []].flat()])
    await deliverBuild({ folder: compilation.outputOptions.path ?? '.', files }, settings)
  })
}
