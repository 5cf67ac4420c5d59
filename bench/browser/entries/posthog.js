import { posthog } from 'posthog-js'
import 'posthog-js/dist/exception-autocapture'

posthog.init('phc_0123456789abcdef0123456789abcdef0123456789a', {
  api_host: 'https://us.i.posthog.com',
  capture_exceptions: true,
  // It ignores headless browsers otherwise.
  opt_out_useragent_filter: true,
  ...(globalThis.BENCH_UNLIMITED && { error_tracking: { __exceptionRateLimiterBucketSize: 100 } }),
})
globalThis.bench = { capture: (error) => posthog.captureException(error) }
