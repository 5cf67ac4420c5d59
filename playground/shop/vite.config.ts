import { readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string }

/** Libraries, our own SDK among them: debuggers and the service fold their frames away. */
const isLibrary = (source: string) => source.includes('node_modules') || source.includes('packages/browser')

export default defineConfig({
  plugins: [react()],
  define: { __VERSION__: JSON.stringify(version) },
  build: {
    minify: true,
    sourcemap: true,
    rollupOptions: { output: { sourcemapIgnoreList: isLibrary } },
  },
})
