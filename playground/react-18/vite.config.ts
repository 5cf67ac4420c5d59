import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig, mergeConfig } from 'vite'
import base from '../react-19/vite.config.ts'

const require = createRequire(import.meta.url)
const installed = (name: string) => dirname(require.resolve(`${name}/package.json`))

/** The same app with React 18. */
export default defineConfig(
  mergeConfig(base, {
    root: fileURLToPath(new URL('../react-19', import.meta.url)),
    resolve: { alias: { react: installed('react'), 'react-dom': installed('react-dom') } },
    build: { outDir: fileURLToPath(new URL('dist', import.meta.url)), emptyOutDir: true },
  }),
)
