import { datadogRum } from '@datadog/browser-rum-slim'

datadogRum.init({
  applicationId: '01234567-89ab-cdef-0123-456789abcdef',
  clientToken: 'pub0123456789abcdef0123456789abcdef',
  site: 'datadoghq.com',
  service: 'bench',
  sessionSampleRate: 100,
  trackUserInteractions: true,
  version: '1.0.0',
})
globalThis.bench = { capture: (error) => datadogRum.addError(error) }
