import * as Sentry from '@sentry/node'

const { DSN: dsn, RELEASE: release } = process.env

Sentry.init({ dsn, release })
Sentry.captureException(new RangeError('thrown in Node'))
Sentry.captureMessage('said in Node', 'warning')
await Sentry.flush(5000)
