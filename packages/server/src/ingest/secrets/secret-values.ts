import type { IsSecretName } from './secret-names.ts'

export const FILTERED = '[Filtered]'

// Every repeat is bounded, so that hostile text costs no more than its length times a constant; a test holds them to it.

/** Doubling every second digit from the right, the digits of the results add up to a multiple of ten (ISO/IEC 7812-1, Luhn). */
const passesLuhn = (digits: string): boolean => {
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index])
    const doubled = index % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

const isCard = (text: string): boolean => passesLuhn(text.replaceAll(/[ -]/g, ''))

/** The country and check digits moved to the end, letters as numbers from 10, the rest of a division by 97 is 1 (ISO 13616). */
const isIban = (text: string): boolean => {
  const written = text.replaceAll(' ', '')
  const turned = written.slice(4) + written.slice(0, 4)
  let rest = 0
  for (const character of turned) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}

const isAddress = (text: string): boolean => text.split('.').every((part) => Number(part) <= 255)

interface ValueRule {
  name: string
  /**
   * What a text has when it has such a secret: one quick look spares the pattern nearly always. A sign begins with a
   * character that is rare in words, and looks back from there, because every text of every event is searched for it.
   */
  sign: RegExp
  pattern: RegExp
  /** What to look at more closely before it counts as a secret. */
  confirm?: (match: string) => boolean
  replacement?: string
}

const KEYS =
  /\b(?:(?:AKIA|ASIA)[A-Z\d]{16}\b|AIza[\w-]{35}|gh[pousr]_\w{30,255}|github_pat_\w{22,255}|glpat-[\w-]{16,200}|xox[abeoprs]-[\w-]{10,250}|(?:sk|rk|pk|whsec)_(?:live_|test_)?\w{16,250}|sk-[\w-]{20,250}|npm_[A-Za-z\d]{36}|SG\.[\w-]{16,100}\.[\w-]{16,100}|(?:fgh|sntryu|sntrys)_[\w+/=-]{32,600})/g

/** Secrets that their shape gives away. */
export const SECRETS: readonly ValueRule[] = [
  {
    name: 'private key',
    sign: /-----BEGIN/,
    pattern: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,8000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g,
  },
  {
    name: 'credentials of a URL',
    sign: /@/,
    pattern: /(\b[a-z][a-z\d+.-]{1,20}:\/\/)[^\s/@:?#]{0,200}:[^\s/@]{1,200}@/gi,
    replacement: `$1${FILTERED}@`,
  },
  {
    // A long text is cut to its limit before it is searched. At its end `scheme://host:port` looks the same but for the port.
    name: 'credentials of a URL that were cut off',
    sign: /:\/\/(?<=[^]{100})[^\s/@:?#[]{0,200}:[^\s/@]{1,200}$/,
    pattern: /(\b[a-z][a-z\d+.-]{1,20}:\/\/)[^\s/@:?#[]{0,200}:(?=\d{0,200}[^\s/@\d])[^\s/@]{1,200}$/gi,
    replacement: `$1${FILTERED}`,
  },
  {
    name: 'credentials of a request',
    sign: /\s(?<=(?:rer|RER|sic|SIC)\s)/,
    pattern: /\b(bearer|basic)\s{1,4}[\w.~+/=-]{8,4000}/gi,
    replacement: `$1 ${FILTERED}`,
  },
  { name: 'JWT', sign: /J(?<=eyJ)/, pattern: /\beyJ[\w-]{8,4000}\.[\w-]{8,6000}(?:\.[\w-]{0,2000})?/g },
  {
    name: 'assignment',
    sign: /[=:](?<=(?:wd|WD|ord|ORD|ase|ASE|ret|RET|[Kk]ey|KEY|[Kk]en|KEN)["']?\s{0,3}[=:])/,
    pattern:
      /\b((?:[\w-]{0,40}(?:password|passwd|passphrase|secret|api[-_]?key)|(?:access|auth|refresh|id)[-_]?token|AccountKey)["']?\s{0,3}[=:]\s{0,3}["']?)[^\s"'&,;[]{1,2000}/gi,
    replacement: `$1${FILTERED}`,
  },
  {
    name: 'key of a cloud service',
    sign: /A(?:KIA|SIA|Iza)|SG\.|[_-](?<=gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|[srp]k[_-]|whsec_|npm_|fgh_|sntry[us]_)/,
    pattern: KEYS,
  },
  {
    name: 'card',
    sign: /[3-6]\d{3}[ -]?\d/,
    pattern: /(?<![\d.-])[3-6]\d{3}(?:[ -]?\d){9,15}(?![\d.-])/g,
    confirm: isCard,
  },
  {
    name: 'IBAN',
    sign: /[A-Z]\d\d[ A-Z\d]/,
    pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?\b/g,
    confirm: isIban,
  },
  { name: 'social security number', sign: /-\d\d-\d/, pattern: /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/g },
]

/** What tells who somebody is. It may stand where a client puts a person, and nowhere else. */
export const PERSONAL: readonly ValueRule[] = [
  { name: 'e-mail', sign: /@/, pattern: /[\w.+%-]{1,64}@(?:[a-z\d-]{1,63}\.){1,4}[a-z]{2,24}\b/gi },
  {
    name: 'IPv4',
    sign: /\.\d{1,3}\.\d/,
    // After a slash stands the host of a URL, or a version: both are needed to read the event.
    pattern: /(?<![\w./@-])\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\d)/g,
    confirm: isAddress,
  },
  {
    name: 'IPv6',
    sign: /:[\da-fA-F]{0,4}:/,
    pattern:
      /(?<![\w:./[-])(?:(?:[\da-f]{1,4}:){7}[\da-f]{1,4}|(?:[\da-f]{1,4}:){2,6}(?::[\da-f]{1,4}){1,5})(?![\w:])/gi,
  },
]

const PARAMETER = /([?&#;])([^?&#;=\s"'<>]{1,100})=([^&#;\s"'<>]{1,2000})/g

// The signs of all rules. Nine of ten texts have none of them, and one look tells.
const SUSPICIOUS = new RegExp([...SECRETS, ...PERSONAL].map(({ sign }) => sign.source).join('|'))

const replace = (text: string, { sign, pattern, confirm, replacement = FILTERED }: ValueRule): string => {
  if (!sign.test(text)) return text
  return confirm
    ? text.replaceAll(pattern, (match) => (confirm(match) ? FILTERED : match))
    : text.replaceAll(pattern, replacement)
}

const NAME_CHARS = 100

/** A table of characters by their codes, which are below 128. */
const codesOf = (characters: string): Uint8Array => {
  const table = new Uint8Array(128)
  for (const character of characters) table[character.charCodeAt(0)] = 1
  return table
}

const BEFORE_NAME = codesOf('?&#;')
const NEVER_IN_NAME = codesOf('= \t\r\n"\'<>')

/** The name that ends at this position, when a parameter's could. */
const nameBefore = (text: string, end: number): string | undefined => {
  for (let at = end - 1; at >= 0 && end - at <= NAME_CHARS + 1; at -= 1) {
    const code = text.charCodeAt(at)
    if (BEFORE_NAME[code]) return text.slice(at + 1, end)
    if (NEVER_IN_NAME[code]) return undefined
  }
  return undefined
}

const hasSecretParameter = (text: string, isSecret: IsSecretName): boolean => {
  for (let at = text.indexOf('='); at >= 0; at = text.indexOf('=', at + 1)) {
    const name = nameBefore(text, at)
    if (name !== undefined && isSecret(name)) return true
  }
  return false
}

/** Masks values of query and fragment parameters that are named like secrets. */
export const scrubParameters = (text: string, isSecret: IsSecretName): string =>
  hasSecretParameter(text, isSecret)
    ? text.replaceAll(PARAMETER, (whole, before: string, name: string) =>
        isSecret(name) ? `${before}${name}=${FILTERED}` : whole,
      )
    : text

// `a@b.co`, `a:b::c`.
const SHORTEST_SECRET = 6

/** Masks what the rules find in a text. */
export const scrubValues = (text: string, rules: readonly ValueRule[]): string =>
  text.length >= SHORTEST_SECRET && SUSPICIOUS.test(text) ? rules.reduce(replace, text) : text
