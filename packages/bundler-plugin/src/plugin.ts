import { createUnplugin } from 'unplugin'
import { setUpEsbuild } from './esbuild-hooks.ts'
import { type FoghornPluginOptions, readSettings } from './options.ts'
import { rollupHooks } from './rollup-hooks.ts'
import { applyToWebpack, type Compiler } from './webpack-hooks.ts'

/**
 * Debug IDs in every script of a build, its release for the SDK, and its maps on the service when it is done. Turns
 * hidden source maps on where the build says nothing of them and there is a token to upload with.
 */
export const plugin = createUnplugin((options: FoghornPluginOptions | undefined) => {
  const settings = readSettings(options ?? {})
  const hooks = rollupHooks(settings)
  return {
    name: 'foghorn',
    enforce: 'post' as const,
    rollup: hooks,
    rolldown: hooks as object,
    vite: {
      ...(hooks as object),
      apply: 'build' as const,
      config: ({ build }: { build?: { sourcemap?: unknown } }) =>
        settings.destination && build?.sourcemap === undefined ? { build: { sourcemap: 'hidden' as const } } : null,
    },
    webpack: (compiler: unknown) => applyToWebpack(compiler as Compiler, settings),
    rspack: (compiler: unknown) => applyToWebpack(compiler as Compiler, settings),
    esbuild: { setup: (build) => setUpEsbuild(build, settings) },
  }
})
