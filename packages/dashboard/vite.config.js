import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const service = process.env.FOGHORN_URL ?? 'http://127.0.0.1:4300'

export default defineConfig({
  plugins: [react()],
  build: {
    // The service's content security policy admits files of its own origin only: nothing may be inlined.
    assetsInlineLimit: 0,
    // Whose code is in it: the package has to tell.
    license: { fileName: 'third-party.json' },
    modulePreload: { polyfill: false },
    target: 'es2023',
    // The first versions with light-dark() (2023-11 to 2024-05).
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
  },
  // The service checks that a change comes from its own origin, which the development server stands in for.
  server: { proxy: { '/api': { target: service, headers: { origin: service } } } },
})
