import { formatMs } from '../figures/units.ts'

const share = new Intl.NumberFormat(undefined, { maximumFractionDigits: 3 })

/** What is measured of a page load, as pages show it. */
export const VITALS = {
  lcp: { name: 'LCP', title: 'Largest Contentful Paint', about: 'when the largest part of the page is there' },
  inp: { name: 'INP', title: 'Interaction to Next Paint', about: 'how long the page takes to react' },
  cls: { name: 'CLS', title: 'Cumulative Layout Shift', about: 'how much the page jumps' },
  fcp: { name: 'FCP', title: 'First Contentful Paint', about: 'when the first part of the page is there' },
  ttfb: { name: 'TTFB', title: 'Time to First Byte', about: 'when the server has answered' },
} as const

export type Vital = keyof typeof VITALS

export const isVital = (vital: unknown): vital is Vital => typeof vital === 'string' && Object.hasOwn(VITALS, vital)

/** Layout shifts are a number, all else is a time. */
export const formatVital = (vital: Vital, value: number): string =>
  vital === 'cls' ? share.format(value) : formatMs(value)
