import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { minify as swcMinify } from '@swc/core'
import esbuild from 'esbuild'
import { rolldown } from 'rolldown'
import { rollup, type OutputOptions, type Plugin } from 'rollup'
import { minify as terserMinify, type MinifyOptions } from 'terser'
import { build as viteBuild } from 'vite'
import webpack from 'webpack'

const here = dirname(fileURLToPath(import.meta.url))
export const appFolder = join(here, 'app')
const entry = join(appFolder, 'main.js')

/** Properties that mangling builds rename: methods of the program, none that the platform or another chunk calls. */
const MANGLED =
  /^(deepest|ownArrow|speak|reveal|assignedArrow|callPrivateHandler|prepare|inherited|fetchAll|renderTitle|readHidden|shorthand)$/

/** A minified build of the program. */
export interface Bundler {
  name: string
  /** How the page loads the result. */
  script: 'module' | 'classic'
  /** Builds into a folder; the entry becomes `main.js`. */
  build(folder: string): Promise<void>
}

export const VENDORS: Record<string, readonly string[]> = {
  react: ['Component', 'createRef', 'forwardRef', 'memo', 'useCallback', 'useEffect', 'useMemo', 'useReducer'],
  'react-dom': ['flushSync'],
  'react-dom/client': ['createRoot'],
  'react/jsx-runtime': ['jsx', 'jsxs', 'Fragment'],
}

/** React as ES modules without maps: the same files for the program as written and for every build of it. */
export const buildVendors = async (folder: string): Promise<Record<string, string>> => {
  const files: Record<string, string> = {}
  const entryPoints: Record<string, string> = {}
  for (const [name, exports] of Object.entries(VENDORS)) {
    const file = name.replace('/', '-')
    const shim = join(folder, 'shims', `${file}.js`)
    mkdirSync(dirname(shim), { recursive: true })
    writeFileSync(shim, `import all from '${name}'\nexport const { ${exports.join(', ')} } = all\n`)
    entryPoints[file] = shim
    files[name] = join(folder, 'vendor', `${file}.js`)
  }
  await esbuild.build({
    entryPoints,
    outdir: join(folder, 'vendor'),
    bundle: true,
    splitting: true,
    format: 'esm',
    nodePaths: [join(here, '../../../../node_modules')],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  return files
}

/** Types and JSX for bundlers that know neither. */
const transformPlugin = (): Plugin => ({
  name: 'types-and-jsx',
  async transform(code, id) {
    if (!/\.(ts|jsx)$/.test(id)) return null
    const result = await esbuild.transform(code, {
      loader: id.endsWith('ts') ? 'ts' : 'jsx',
      jsx: 'automatic',
      sourcemap: true,
      sourcefile: id,
      target: 'es2022',
    })
    return { code: result.code, map: result.map }
  },
})

const vendorPlugin = (vendors: Record<string, string>): Plugin => ({
  name: 'vendors',
  resolveId: (source) => vendors[source] ?? null,
})

type Minify = (code: string, script: 'module' | 'classic') => Promise<{ code: string; map: string }>

const minifyPlugin = (minify: Minify, script: 'module' | 'classic'): Plugin => ({
  name: 'minify',
  renderChunk: async (code) => minify(code, script),
})

const terser =
  (options: MinifyOptions = {}): Minify =>
  async (code, script) => {
    const result = await terserMinify(code, { module: script === 'module', sourceMap: true, ...options })
    return { code: result.code!, map: JSON.stringify(result.map) === undefined ? '' : (result.map as string) }
  }

const swc: Minify = async (code, script) => {
  const result = await swcMinify(code, { module: script === 'module', sourceMap: true, compress: true, mangle: true })
  return { code: result.code, map: result.map! }
}

const OUTPUT: Record<'module' | 'classic', OutputOptions> = {
  module: { format: 'es' },
  classic: { format: 'iife', inlineDynamicImports: true },
}

const withRollup = (
  name: string,
  vendors: Record<string, string>,
  options: { script: 'module' | 'classic'; minify: Minify },
): Bundler => ({
  name,
  script: options.script,
  build: async (folder) => {
    const bundle = await rollup({
      input: entry,
      plugins: [vendorPlugin(vendors), transformPlugin(), minifyPlugin(options.minify, options.script)],
      onwarn: () => {},
    })
    await bundle.write({
      ...OUTPUT[options.script],
      dir: folder,
      sourcemap: true,
      entryFileNames: 'main.js',
      chunkFileNames: '[name]-[hash].js',
    })
    await bundle.close()
  },
})

const withEsbuild = (name: string, vendors: Record<string, string>, options: esbuild.BuildOptions): Bundler => ({
  name,
  script: options.format === 'iife' ? 'classic' : 'module',
  build: async (folder) => {
    await esbuild.build({
      entryPoints: [entry],
      outdir: folder,
      bundle: true,
      minify: true,
      sourcemap: true,
      jsx: 'automatic',
      alias: vendors,
      logLevel: 'error',
      ...options,
    })
  },
})

const withRolldown = (vendors: Record<string, string>): Bundler => ({
  name: 'rolldown',
  script: 'classic',
  build: async (folder) => {
    const bundle = await rolldown({ input: entry, resolve: { alias: vendors }, logLevel: 'silent' })
    await bundle.write({
      dir: folder,
      format: 'iife',
      sourcemap: true,
      minify: true,
      codeSplitting: false,
      entryFileNames: 'main.js',
    })
    await bundle.close()
  },
})

const withVite = (name: string, vendors: Record<string, string>, minify: 'oxc' | 'terser'): Bundler => ({
  name,
  script: 'module',
  build: async (folder) => {
    await viteBuild({
      root: appFolder,
      configFile: false,
      logLevel: 'error',
      oxc: { jsx: { runtime: 'automatic', development: false } },
      resolve: {
        alias: Object.entries(vendors).map(([find, replacement]) => ({ find: new RegExp(`^${find}$`), replacement })),
      },
      build: {
        outDir: folder,
        emptyOutDir: false,
        sourcemap: true,
        minify,
        modulePreload: false,
        rolldownOptions: { input: entry, output: { entryFileNames: 'main.js', chunkFileNames: '[name]-[hash].js' } },
      },
    })
  },
})

const withWebpack = (name: string, vendors: Record<string, string>, minimizer: 'terser' | 'swc'): Bundler => ({
  name,
  script: 'classic',
  build: (folder) =>
    new Promise((resolve, reject) => {
      const compiler = webpack({
        mode: 'production',
        context: appFolder,
        entry,
        output: { path: folder, filename: 'main.js', chunkFilename: '[name].[contenthash].js', publicPath: './' },
        devtool: 'source-map',
        performance: false,
        target: ['web', 'es2022'],
        resolve: { alias: Object.fromEntries(Object.entries(vendors).map(([key, file]) => [`${key}$`, file])) },
        module: { rules: [{ test: /\.(ts|jsx)$/, loader: join(here, 'swc-loader.cjs') }] },
        plugins: minimizer === 'swc' ? [swcMinimizer] : [],
        optimization: minimizer === 'swc' ? { minimize: false } : {},
      })!
      compiler.run((error, stats) => {
        if (error || stats?.hasErrors()) reject(error ?? new Error(stats!.toString('errors-only')))
        else compiler.close(() => resolve())
      })
    }),
})

/** SWC as webpack's minimizer, as Next.js uses it. */
const swcMinimizer = (compiler: webpack.Compiler): void => {
  compiler.hooks.compilation.tap('swc', (compilation) => {
    compilation.hooks.processAssets.tapPromise(
      { name: 'swc', stage: webpack.Compilation.PROCESS_ASSETS_STAGE_OPTIMIZE_SIZE },
      async (assets) => {
        for (const name of Object.keys(assets).filter((file) => file.endsWith('.js'))) {
          const { source, map } = compilation.getAsset(name)!.source.sourceAndMap()
          const result = await swcMinify(String(source), { sourceMap: true, compress: true, mangle: true })
          const minified = { ...JSON.parse(result.map!), sources: [name] } as never
          compilation.updateAsset(
            name,
            new webpack.sources.SourceMapSource(result.code, name, minified, String(source), map as never, true),
          )
        }
      },
    )
  })
}

/** Every pipeline that the suite holds; the first is enough to see that the suite works. */
export const bundlers = (vendors: Record<string, string>): Bundler[] => [
  withVite('vite', vendors, 'oxc'),
  withVite('vite + terser', vendors, 'terser'),
  withRollup('rollup + terser', vendors, { script: 'module', minify: terser() }),
  withRollup('rollup + terser, classic, two passes', vendors, {
    script: 'classic',
    minify: terser({ compress: { passes: 2 } }),
  }),
  withRollup('rollup + terser, mangled properties', vendors, {
    script: 'module',
    minify: terser({ mangle: { properties: { regex: MANGLED } } }),
  }),
  withRollup('rollup + swc', vendors, { script: 'module', minify: swc }),
  withRolldown(vendors),
  withWebpack('webpack + terser', vendors, 'terser'),
  withWebpack('webpack + swc', vendors, 'swc'),
  withEsbuild('esbuild', vendors, { format: 'esm', splitting: true, chunkNames: '[name]-[hash]' }),
  withEsbuild('esbuild, classic', vendors, { format: 'iife' }),
  withEsbuild('esbuild, mangled properties', vendors, {
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    mangleProps: MANGLED,
  }),
]

export const readApp = (file: string): string => readFileSync(join(appFolder, file), 'utf8')
