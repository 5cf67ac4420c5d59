import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Libraries, our own among them: debuggers and the service fold their frames away. */
const isLibrary = (source: string) => source.includes('node_modules') || source.includes('packages/')

export default defineConfig({
  plugins: [react()],
  // The packages of this repository would otherwise bring the React that they were tested with.
  resolve: { dedupe: ['react', 'react-dom'] },
  build: { minify: true, sourcemap: true, rollupOptions: { output: { sourcemapIgnoreList: isLibrary } } },
})
