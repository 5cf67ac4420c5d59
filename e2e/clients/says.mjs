// Says each of its arguments as a message, one after the other; those that begin with "large" with more than a megabyte.
import * as Sentry from '@sentry/node'

const BALLAST = Array.from({ length: 300 }, () => 'x'.repeat(5000))

Sentry.init({ dsn: process.env.DSN })
for (const text of process.argv.slice(2)) {
  Sentry.captureMessage(text, { extra: text.startsWith('large') ? { ballast: BALLAST } : {} })
  await Sentry.flush(5000)
}
await Sentry.close(5000)
