import Rollbar from 'rollbar'

const rollbar = new Rollbar({
  accessToken: '0123456789abcdef0123456789abcdef',
  captureUncaught: true,
  captureUnhandledRejections: true,
  payload: { client: { javascript: { code_version: '1.0.0' } } },
  ...(globalThis.BENCH_UNLIMITED && { itemsPerMinute: 1e6, maxItems: 0 }),
})
globalThis.bench = { capture: (error) => rollbar.error(error) }
