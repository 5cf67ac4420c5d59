import { initializeFaro } from '@grafana/faro-web-sdk'

const faro = initializeFaro({
  url: 'https://faro-collector.grafana.net/collect/0123456789abcdef',
  app: { name: 'bench', version: '1.0.0' },
})
globalThis.bench = { capture: (error) => faro.api.pushError(error) }
