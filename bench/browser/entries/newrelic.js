import { BrowserAgent } from '@newrelic/browser-agent/loaders/browser-agent'

const agent = new BrowserAgent({
  init: { privacy: { cookies_enabled: true }, ajax: { deny_list: ['bam.nr-data.net'] } },
  info: {
    beacon: 'bam.nr-data.net',
    errorBeacon: 'bam.nr-data.net',
    licenseKey: 'NRJS-0123456789abcdef012',
    applicationID: '1',
    sa: 1,
  },
  loader_config: {
    accountID: '1',
    trustKey: '1',
    agentID: '1',
    licenseKey: 'NRJS-0123456789abcdef012',
    applicationID: '1',
  },
})
globalThis.bench = { capture: (error) => agent.noticeError(error) }
