import { Notifier } from '@airbrake/browser'

const airbrake = new Notifier({
  projectId: 1,
  projectKey: '0123456789abcdef',
  environment: 'production',
  remoteConfig: false,
})
globalThis.bench = { capture: (error) => airbrake.notify(error) }
