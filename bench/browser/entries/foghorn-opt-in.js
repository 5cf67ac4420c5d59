import { addSource, captureException, frameErrors, init } from '@foghorn/browser'

init({ dsn: 'https://0123456789abcdef0123456789abcdef@ingest.foghorn.test/1', release: 'bench@1.0.0' })
globalThis.bench = { capture: captureException, attachFrame: (frame) => addSource(frameErrors(frame)) }
