import Honeybadger from '@honeybadger-io/js'

Honeybadger.configure({ apiKey: 'hbp_0123456789abcdef0123456789abcdef', environment: 'production', revision: '1.0.0' })
globalThis.bench = { capture: (error) => Honeybadger.notify(error) }
