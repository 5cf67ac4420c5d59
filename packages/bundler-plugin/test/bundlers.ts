// The same program built by every bundler that the plugin is for, each as its users call it.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { rspack } from '@rspack/core'
import { build as buildWithEsbuild } from 'esbuild'
import { rolldown } from 'rolldown'
import { rollup } from 'rollup'
import { build as buildWithVite } from 'vite'
import webpack from 'webpack'
import { foghorn as esbuildPlugin } from '../src/esbuild.ts'
import { foghorn as rolldownPlugin } from '../src/rolldown.ts'
import { foghorn as rollupPlugin } from '../src/rollup.ts'
import { foghorn as rspackPlugin } from '../src/rspack.ts'
import { foghorn as vitePlugin, type FoghornPluginOptions } from '../src/vite.ts'
import { foghorn as webpackPlugin } from '../src/webpack.ts'

export const APP = fileURLToPath(new URL('./app', import.meta.url))

export interface BuildRequest {
  /** Script of the app to begin with, without its ending. */
  entry: string
  outDir: string
  /** A plugin for the bundler that builds. */
  plugin: any
  /** Asks for maps, where the plugin does not turn them on itself. */
  sourcemap?: true
}

type Build = (request: BuildRequest) => Promise<unknown>

const writePage = ({ outDir, entry }: BuildRequest, type: 'module' | 'text/javascript'): void =>
  writeFileSync(join(outDir, 'index.html'), `<!doctype html><script defer type="${type}" src="./${entry}.js"></script>`)

/** The page of the app, with another script to begin with. */
const beginWith = (entry: string) => ({
  name: 'begin-with',
  transformIndexHtml: { order: 'pre' as const, handler: (html: string) => html.replace('foghorn.js', `${entry}.js`) },
})

const vite: Build = ({ entry, outDir, plugin, sourcemap }) =>
  buildWithVite({
    root: APP,
    base: './',
    configFile: false,
    logLevel: 'error',
    build: { outDir, ...(sourcemap ? { sourcemap } : {}) },
    plugins: [beginWith(entry), plugin],
  })

const withRollup =
  (format: 'es' | 'iife'): Build =>
  async (request) => {
    const { entry, outDir, plugin, sourcemap } = request
    const bundle = await rollup({
      input: join(APP, `${entry}.js`),
      plugins: [nodeResolve({ browser: true }), plugin],
    })
    await bundle.write({
      dir: outDir,
      format,
      compact: true,
      ...(sourcemap ? { sourcemap } : {}),
      ...(format === 'iife' ? { inlineDynamicImports: true } : {}),
    })
    await bundle.close()
    writePage(request, format === 'es' ? 'module' : 'text/javascript')
  }

const withRolldown: Build = async (request) => {
  const { entry, outDir, plugin, sourcemap } = request
  const bundle = await rolldown({
    input: join(APP, `${entry}.js`),
    platform: 'browser',
    tsconfig: false,
    plugins: [plugin],
  })
  await bundle.write({ dir: outDir, format: 'es', minify: true, ...(sourcemap ? { sourcemap } : {}) })
  await bundle.close()
  writePage(request, 'module')
}

interface Finished {
  hasErrors(): boolean
  toString(options: { all: false; errors: true }): string
}

const settle = (resolve: () => void, reject: (error: Error) => void) => (error: Error | null, stats?: Finished) => {
  if (error) reject(error)
  else if (stats?.hasErrors()) reject(new Error(stats.toString({ all: false, errors: true })))
  else resolve()
}

const webpackOptions = ({ entry, outDir, plugin, sourcemap }: BuildRequest) => ({
  mode: 'production' as const,
  context: APP,
  target: 'web' as const,
  entry: { [entry]: `./${entry}.js` },
  output: { path: outDir, chunkFilename: '[name].[contenthash].js' },
  performance: false as const,
  plugins: [plugin],
  ...(sourcemap ? { devtool: 'hidden-source-map' as const } : {}),
})

const withWebpack: Build = async (request) => {
  await new Promise<void>((resolve, reject) => webpack(webpackOptions(request), settle(resolve, reject)))
  writePage(request, 'text/javascript')
}

const withRspack: Build = async (request) => {
  await new Promise<void>((resolve, reject) => rspack(webpackOptions(request), settle(resolve, reject)))
  writePage(request, 'text/javascript')
}

const withEsbuild =
  (format: 'esm' | 'iife'): Build =>
  async (request) => {
    const { entry, outDir, plugin, sourcemap } = request
    await buildWithEsbuild({
      entryPoints: [join(APP, `${entry}.js`)],
      outdir: outDir,
      bundle: true,
      minify: true,
      format,
      splitting: format === 'esm',
      logLevel: 'silent',
      ...(sourcemap ? { sourcemap } : {}),
      plugins: [plugin],
    })
    writePage(request, format === 'esm' ? 'module' : 'text/javascript')
  }

export const BUILDS = {
  Vite: vite,
  'Rollup, ES modules': withRollup('es'),
  'Rollup, IIFE': withRollup('iife'),
  Rolldown: withRolldown,
  webpack: withWebpack,
  Rspack: withRspack,
  'esbuild, ES modules': withEsbuild('esm'),
  'esbuild, IIFE': withEsbuild('iife'),
} satisfies Record<string, Build>

export type Bundler = keyof typeof BUILDS

export const BUNDLERS = Object.keys(BUILDS) as Bundler[]

const PLUGINS: Record<Bundler, (options: FoghornPluginOptions) => unknown> = {
  Vite: vitePlugin,
  'Rollup, ES modules': rollupPlugin,
  'Rollup, IIFE': rollupPlugin,
  Rolldown: rolldownPlugin,
  webpack: webpackPlugin,
  Rspack: rspackPlugin,
  'esbuild, ES modules': esbuildPlugin,
  'esbuild, IIFE': esbuildPlugin,
}

/** Builds the app with our plugin and nothing else set. */
export const build = (
  bundler: Bundler,
  { options, ...request }: { entry: string; outDir: string; options: FoghornPluginOptions },
): Promise<unknown> => BUILDS[bundler]({ ...request, plugin: PLUGINS[bundler](options) })
