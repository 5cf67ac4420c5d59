// Built once for each major version of the SDK, which stands for `sentry-client`.
import * as Sentry from 'sentry-client'

const { dsn, release } = window.__FOGHORN__

// Tracing was a class before it was a function, and a package of its own before that.
const tracing = Sentry.browserTracingIntegration?.() ?? (Sentry.BrowserTracing && new Sentry.BrowserTracing())

Sentry.init({ dsn, release, integrations: (usual) => (tracing ? [...usual, tracing] : usual), tracesSampleRate: 1 })

window.Sentry = Sentry
