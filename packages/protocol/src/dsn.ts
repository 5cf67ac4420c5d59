/** Where an SDK sends to, and the public key that lets it: `scheme://publicKey@host/[path/]projectId`. */
export interface Dsn {
  protocol: 'http' | 'https'
  publicKey: string
  /** Host with port, as in a URL. */
  host: string
  /** Path before the project ID, without slashes at its ends; empty when there is none. */
  path: string
  projectId: string
}

// Sentry's JavaScript SDKs disable themselves for keys that are not `\w+` and for IDs that are not numbers
// (checked with @sentry/browser 6 to 11, 2026-11), so neither may be anything else here.
const DSN = /^(https?):\/\/(\w{1,64})(?::\w*)?@([\w.-]+(?::\d+)?|\[[\da-f:]+\](?::\d+)?)(?:\/(.+))?\/(\d{1,18})$/i

/** Reads a DSN; undefined when the text is none. A secret after the key is accepted and forgotten. */
export const parseDsn = (text: string): Dsn | undefined => {
  const match = DSN.exec(text.trim())
  if (!match) return undefined
  const [, protocol, publicKey, host, path = '', projectId] = match
  return {
    protocol: protocol!.toLowerCase() as Dsn['protocol'],
    publicKey: publicKey!,
    host: host!,
    path,
    projectId: projectId!,
  }
}

export const formatDsn = (dsn: Dsn): string =>
  `${dsn.protocol}://${dsn.publicKey}@${dsn.host}/${dsn.path ? `${dsn.path}/` : ''}${dsn.projectId}`

/** The address that takes this DSN's envelopes, authentication included. */
export const envelopeUrl = (dsn: Dsn, client: string): string => {
  const query = `sentry_version=7&sentry_key=${dsn.publicKey}&sentry_client=${encodeURIComponent(client)}`
  return `${dsn.protocol}://${dsn.host}/${dsn.path ? `${dsn.path}/` : ''}api/${dsn.projectId}/envelope/?${query}`
}
