// Parts of names whose values are secrets wherever they stand. Compared without case, dashes and underscores.
const PARTS = [
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

const NAMES_KEPT = 5000

export type IsSecretName = (name: string) => boolean

const plain = (name: string): string => name.toLowerCase().replaceAll(/[-_\s.]/g, '')

const remembering = (decide: IsSecretName): IsSecretName => {
  const known = new Map<string, boolean>()
  return (name) => {
    const found = known.get(name)
    if (found !== undefined) return found
    if (known.size >= NAMES_KEPT) known.clear()
    const answer = decide(name)
    known.set(name, answer)
    return answer
  }
}

/** Tells secret names: the usual ones and a project's own, but not those that it calls safe. */
export const secretNames = (own: readonly string[] = [], safe: readonly string[] = []): IsSecretName => {
  const parts = [...PARTS, ...own.map(plain).filter((part) => part !== '')]
  const exceptions = new Set(safe.map(plain))
  return remembering((name) => {
    const written = plain(name)
    return !exceptions.has(written) && parts.some((part) => written.includes(part))
  })
}
