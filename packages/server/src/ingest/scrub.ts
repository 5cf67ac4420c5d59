import type { NormalisedEvent, ScrubbedEvent } from '../event.ts'

export const FILTERED = '[Filtered]'

// Parts of names whose values are secrets wherever they stand. Compared without case, dashes and underscores.
const SECRET_NAMES = [
  'password',
  'passwd',
  'passphrase',
  'secret',
  'token',
  'apikey',
  'accesskey',
  'privatekey',
  'authorization',
  'credential',
  'cookie',
  'session',
  'csrf',
  'xsrf',
  'jwt',
  'creditcard',
  'cardnumber',
  'cvv',
  'cvc',
  'ssn',
  'iban',
]

const isSecretName = (name: string): boolean => {
  const plain = name.toLowerCase().replaceAll(/[-_\s.]/g, '')
  return SECRET_NAMES.some((secret) => plain.includes(secret))
}

// `?name=value`, `&name=value` and `#name=value`; bounded repeats keep hostile text cheap.
const PARAMETER = /([?&#;])([^?&#;=\s"'<>]{1,100})=([^&#;\s"'<>]{1,2000})/g
const CREDENTIALS = /(\b[a-z][a-z\d+.-]{1,20}:\/\/)[^\s/@:]{1,200}:[^\s/@]{1,200}@/gi
const BEARER = /\b(bearer|basic)\s+[\w.~+/=-]{8,4000}/gi

const scrubText = (text: string): string =>
  text
    .replaceAll(PARAMETER, (whole, before: string, name: string) =>
      isSecretName(name) ? `${before}${name}=${FILTERED}` : whole,
    )
    .replaceAll(CREDENTIALS, `$1${FILTERED}@`)
    .replaceAll(BEARER, `$1 ${FILTERED}`)

const scrubValue = (value: unknown): unknown => {
  if (typeof value === 'string') return scrubText(value)
  if (Array.isArray(value)) return value.map(scrubValue)
  return typeof value === 'object' && value !== null ? scrubObject(value) : value
}

const scrubObject = (object: object): Record<string, unknown> => {
  const scrubbed: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(object))
    scrubbed[name] = isSecretName(name) && !isContainer(value) ? FILTERED : scrubValue(value)
  return scrubbed
}

// `session: {id: …}` is walked, `session: "…"` is a secret.
const isContainer = (value: unknown): boolean => typeof value === 'object' || typeof value === 'boolean'

/** Masks secrets by name and by shape in every text of the event. */
export const scrub = (event: NormalisedEvent): ScrubbedEvent =>
  ({ ...event, payload: scrubObject(event.payload) }) as unknown as ScrubbedEvent
