// With web vitals; the offline buffer is there by default.
import { addSource, captureException, init } from '@foghorn/browser'
import { webVitals } from '@foghorn/browser/vitals'

init({ dsn: 'https://0123456789abcdef0123456789abcdef@ingest.foghorn.test/1', release: 'bench@1.0.0' })
addSource(webVitals())
globalThis.bench = { capture: captureException }
