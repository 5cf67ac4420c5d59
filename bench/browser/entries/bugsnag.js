import Bugsnag from '@bugsnag/js'

const client = Bugsnag.start({
  apiKey: '0123456789abcdef0123456789abcdef',
  appVersion: '1.0.0',
  // Above its own maximum of 100 it falls back to 10 events for each page view.
  ...(globalThis.BENCH_UNLIMITED && { maxEvents: 100 }),
})
globalThis.bench = {
  capture: (error) => {
    // The cap of 100 can only be got around by starting the count again.
    if (globalThis.BENCH_UNLIMITED) client.resetEventCount()
    client.notify(error)
  },
}
