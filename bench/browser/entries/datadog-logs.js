import { datadogLogs } from '@datadog/browser-logs'

datadogLogs.init({
  clientToken: 'pub0123456789abcdef0123456789abcdef',
  site: 'datadoghq.com',
  forwardErrorsToLogs: true,
  forwardConsoleLogs: 'all',
  sessionSampleRate: 100,
  version: '1.0.0',
})
globalThis.bench = { capture: (error) => datadogLogs.logger.error('captured', {}, error) }
