import { discards, failure, pageLoad, session, type TrafficItem, unreadable, type Visit } from './traffic.ts'

// One week of a shop, the same each time: it gets slower on phones, and its newest release crashes more.

export const OLD = 'shop@2.3.0'
export const NEW = 'shop@2.4.0'
export const MISSING_SCRIPT = 'https://shop.example/assets/checkout-5d1f.js'

const HOURS = 7 * 24
const PAGES = ['/', '/cart', '/horns/*', '/checkout'] as const
const BROWSERS = ['chrome', 'phone', 'firefox'] as const

/** From 0 to 1, by a number alone. */
const noise = (seed: number): number => {
  const wave = Math.sin(seed * 12.9898) * 43_758.5453
  return wave - Math.floor(wave)
}

/** More happens by day than by night. */
const busy = (hours: number): number => 1 + Math.sin((hours / 24) * 2 * Math.PI)

const releaseAt = (hours: number, seed: number): string => (hours < 60 && noise(seed) > hours / 60 ? NEW : OLD)

const loadAt = (hours: number, number: number): TrafficItem => {
  const seed = hours * 7 + number
  const page = PAGES[Math.floor(noise(seed) * PAGES.length)]!
  const browser = BROWSERS[Math.floor(noise(seed + 0.3) * BROWSERS.length)]!
  const slow = (browser === 'phone' ? 1.9 : 1) * (page === '/checkout' ? 1.4 : 1) * (0.6 + noise(seed + 0.7))
  const vitals = {
    lcp: 1700 * slow,
    inp: 110 * slow * slow,
    cls: page === '/horns/*' ? 0.22 * noise(seed + 0.9) : 0.05 * noise(seed + 0.9),
    fcp: 1000 * slow,
    ttfb: 420 * slow,
  }
  const targets = {
    lcp: page === '/' ? 'main>section.hero>img' : 'main>h1',
    inp: page === '/cart' ? 'button.quantity-more' : 'button.add-to-cart',
    cls: page === '/horns/*' ? 'aside.recommendations' : 'header>div.banner',
  }
  return pageLoad({
    hours,
    page,
    release: releaseAt(hours, seed),
    browser,
    duration: 2100 * slow,
    vitals,
    targets,
  } satisfies Visit)
}

const sessionsAt = (hours: number): TrafficItem[] =>
  Array.from({ length: Math.round(3 * busy(hours)) + 1 }, (_, number) => {
    const seed = hours * 11 + number
    const release = releaseAt(hours, seed)
    return session(hours, release, noise(seed + 0.5) < (release === NEW ? 0.09 : 0.02))
  })

const LEVELS = ['error', 'error', 'error', 'warning', 'fatal'] as const
const FAULTS = [
  'cart is undefined',
  'Failed to fetch',
  "Cannot read properties of null (reading 'price')",
  'Payment was refused',
] as const

const ageOf = (number: number): number => noise(number) ** 2 * (HOURS - 1)

const failureAt = (number: number): TrafficItem => {
  const hours = ageOf(number)
  return failure({
    hours,
    release: releaseAt(hours, number),
    browser: BROWSERS[number % BROWSERS.length]!,
    level: LEVELS[number % LEVELS.length]!,
    value: FAULTS[number % FAULTS.length]!,
    ...(number % 4 === 0 && { script: MISSING_SCRIPT }),
  })
}

// The oldest come first, as in life: of two releases the one that was heard of first is the earlier one.
const FAILURES = Array.from({ length: 60 }, (_, number) => number).toSorted((a, b) => ageOf(b) - ageOf(a))

const eachHour = (make: (hours: number) => TrafficItem[]): TrafficItem[] =>
  Array.from({ length: HOURS }, (_, hours) => make(hours + 0.01)).flat()

export const week = (): TrafficItem[] => [
  ...eachHour((hours) => Array.from({ length: 2 + Math.round(busy(hours)) }, (_, number) => loadAt(hours, number))),
  ...eachHour(sessionsAt),
  ...FAILURES.map(failureAt),
  discards('before_send', 14),
  discards('sample_rate', 40),
  unreadable,
]
