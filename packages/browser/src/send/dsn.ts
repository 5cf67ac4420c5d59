import { warn } from '../dev.ts'

export interface Endpoint {
  url: string
  /** Names the buffer: tells projects apart that share an origin. */
  name: string
  /** The DSN as it goes into the envelope when a tunnel hides the address. */
  dsn?: string | undefined
}

const DSN = /^(https?:\/\/)(\w+)(?::\w*)?@(.+)\/(\d+)$/

/** Where a DSN's envelopes go; undefined when the text is no DSN. */
export const endpointOf = (dsn = '', tunnel?: string): Endpoint | undefined => {
  const [, protocol, publicKey, host, id] = DSN.exec(dsn) ?? []
  if (!publicKey) {
    warn(`init: the dsn "${dsn}" cannot be read. Copy it from the project's settings: https://<key>@<host>/<number>.`)
    return
  }
  const url = tunnel ?? `${protocol}${host}/api/${id}/envelope/?sentry_version=7&sentry_key=${publicKey}`
  return { url, name: `foghorn-${publicKey}`, dsn: tunnel && dsn }
}
