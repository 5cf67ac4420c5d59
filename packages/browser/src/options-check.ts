import { warn } from './dev.ts'
import type { Options } from './options.ts'

type Check = (value: unknown) => boolean
type Rule = [isRight: Check, advice: string]

const is =
  (type: string): Check =>
  (value) =>
    typeof value === type
const isShare: Check = (value) => typeof value === 'number' && value >= 0 && value <= 1
const isCount: Check = (value) => Number.isInteger(value) && (value as number) >= 0
const listOf =
  (isMember: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(isMember)
const isPattern: Check = (value) => typeof value === 'string' || value instanceof RegExp
const isScope: Check = (value) => Object(value) === value && Object.keys(value as object).every(isScopeKey)
const isScopeKey = (key: string): boolean => ['user', 'tags', 'extra', 'contexts', 'level', 'fingerprint'].includes(key)

const text = (example: string): Rule => [is('string'), `give a text: ${example}`]
const count = (meaning: string): Rule => [isCount, `give a whole number from 0: ${meaning}`]
const patterns = (example: string): Rule => [listOf(isPattern), `give a list of texts or expressions: ${example}`]
const hook = (result: string): Rule => [is('function'), `give a function that ${result}`]
const onOff: Rule = [is('boolean'), 'give true or false']

const RULES: { [option in keyof Options]-?: Rule } = {
  dsn: text("'https://<key>@<host>/<number>', from the project's settings"),
  tunnel: text("an address of yours that passes envelopes on, such as '/tunnel'"),
  release: text("'shop@1.4.2'"),
  dist: text("'42'"),
  environment: text("'staging'"),
  sampleRate: [isShare, 'give a number from 0 (nothing) to 1 (everything)'],
  maxBreadcrumbs: count('how many breadcrumbs an event carries'),
  maxEventsPerMinute: count('how many events a page sends'),
  normalizeDepth: count('how many levels of nesting are kept'),
  maxValueLength: count('how many characters of each text are kept'),
  ignoreErrors: patterns('ignoreErrors: [/^AbortError/]'),
  allowUrls: patterns('allowUrls: [/shop\\.example/]'),
  denyUrls: patterns('denyUrls: [/ads\\.example/]'),
  initialScope: [isScope, 'give an object with user, tags, extra, contexts, level or fingerprint'],
  beforeSend: hook('returns the event, or null to drop it'),
  beforeBreadcrumb: hook('returns the breadcrumb, or null to drop it'),
  transport: hook('takes what fetch takes and gives what it gives'),
  sources: [listOf(is('function')), 'give a list of sources: [...defaultSources(), webVitals()]'],
  autoSessionTracking: onOff,
  sendDefaultPii: onOff,
  attachStacktrace: onOff,
  debug: onOff,
  enabled: onOff,
}

const TRACING = "as an option of tracing() from '@foghorn/browser/tracing', which is one of the sources"
const NO_REPLAY = 'nothing: there is no replay'

/** Options of other SDKs, and what does here what they do there. */
const FOREIGN: Record<string, string> = {
  integrations: 'sources: [...defaultSources(), …]',
  defaultIntegrations: 'start(options, () => [uncaughtErrors(), …])',
  tracesSampleRate: `it ${TRACING}`,
  tracesSampler: `tracesSampleRate ${TRACING}`,
  tracePropagationTargets: `it ${TRACING}`,
  replaysSessionSampleRate: NO_REPLAY,
  replaysOnErrorSampleRate: NO_REPLAY,
  ignoreTransactions: 'a beforeSend',
  sendClientReports: 'nothing: drops are always reported',
  transportOptions: 'transport: (url, request) => fetch(url, request)',
}

const pairsIn = (name: string): Set<string> =>
  new Set(Array.from(name.toLowerCase(), (letter, at) => letter + (name[at + 1] ?? '').toLowerCase()))

/** The option that shares the most pairs of letters with a name; undefined when that is less than half of them. */
const nearestTo = (name: string): string | undefined => {
  const wanted = pairsIn(name)
  const shared = (option: string): number => [...pairsIn(option)].filter((pair) => wanted.has(pair)).length
  const nearest = Object.keys(RULES).toSorted((one, two) => shared(two) - shared(one))[0]!
  return shared(nearest) * 2 >= wanted.size ? nearest : undefined
}

const adviceFor = (name: string): string => {
  if (FOREIGN[name]) return `write ${FOREIGN[name]}.`
  const nearest = nearestTo(name)
  return nearest ? `did you mean ${nearest}?` : 'the README lists those that there are.'
}

/** Tells developers of options that do not mean what they hope. Not in the production build. */
export const checkOptions = (options: Options): void => {
  for (const [option, value] of Object.entries(options)) {
    const [isRight, advice] = RULES[option as keyof Options] ?? []
    if (!isRight) warn(`init: there is no option ${option}; ${adviceFor(option)}`)
    else if (value !== undefined && !isRight(value)) warn(`init: ${option} cannot be what it is: ${advice}.`)
  }
}
