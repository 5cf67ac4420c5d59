// With its offline transport and web vitals, as in foghorn-everything.js.
import {
  captureException,
  init,
  makeBrowserOfflineTransport,
  makeFetchTransport,
  webVitalsIntegration,
} from '@sentry/browser'

init({
  dsn: 'https://0123456789abcdef0123456789abcdef@o1.ingest.sentry.io/1',
  release: 'bench@1.0.0',
  transport: makeBrowserOfflineTransport(makeFetchTransport),
  integrations: [webVitalsIntegration()],
})
globalThis.bench = { capture: captureException }
