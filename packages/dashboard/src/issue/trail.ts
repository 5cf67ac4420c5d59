import type { BreadcrumbJson } from '@foghorn/server'

/** What happened before the error, oldest first. Those without a time stay behind the one they came after. */
export const orderTrail = (breadcrumbs: readonly BreadcrumbJson[]): BreadcrumbJson[] => {
  let latest = Number.NEGATIVE_INFINITY
  return breadcrumbs
    .map((breadcrumb) => {
      const time = breadcrumb.timestamp ? Date.parse(breadcrumb.timestamp) : Number.NaN
      latest = Number.isNaN(time) ? latest : time
      return { breadcrumb, time: latest }
    })
    .sort((one, other) => (one.time === other.time ? 0 : one.time - other.time))
    .map(({ breadcrumb }) => breadcrumb)
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined

/** One line that tells what happened. */
export const describeBreadcrumb = ({ category, message, data }: BreadcrumbJson): string => {
  if (data && (category === 'fetch' || category === 'xhr')) return describeRequest(data)
  const [from, to] = [textOf(data?.from), textOf(data?.to)]
  if (category === 'navigation' && to !== undefined) return from === undefined ? to : `${from} → ${to}`
  return message || textOf(data?.url) || category || 'unnamed'
}

const describeRequest = ({ method, url, status_code: status }: Record<string, unknown>): string =>
  [textOf(method) ?? 'GET', textOf(url) ?? 'unknown address', status === undefined ? undefined : `[${String(status)}]`]
    .filter(Boolean)
    .join(' ')

const REQUEST_KEYS = ['method', 'url', 'status_code']
const NAVIGATION_KEYS = ['from', 'to']

/** What the line does not tell already. */
export const furtherData = ({ category, data }: BreadcrumbJson): [string, unknown][] => {
  const told =
    category === 'navigation' ? NAVIGATION_KEYS : category === 'fetch' || category === 'xhr' ? REQUEST_KEYS : []
  return Object.entries(data ?? {}).filter(([key, value]) => !told.includes(key) && value !== null && value !== '')
}

export type TrailTone = 'error' | 'warning' | 'plain'

/** Failed requests stand out like errors do. */
export const toneOf = ({ level, data }: BreadcrumbJson): TrailTone => {
  const status = Number(data?.status_code)
  if (level === 'error' || level === 'fatal' || status >= 500) return 'error'
  return level === 'warning' || status >= 400 ? 'warning' : 'plain'
}

export const TRAIL_KINDS = {
  problem: 'Problems',
  request: 'Requests',
  input: 'Clicks and input',
  navigation: 'Navigation',
  console: 'Console',
  other: 'Other',
} as const
export type TrailKind = keyof typeof TRAIL_KINDS

const isOfKind = (breadcrumb: BreadcrumbJson, kind: TrailKind): boolean =>
  kind === 'problem' ? toneOf(breadcrumb) !== 'plain' : kind === categoryKind(breadcrumb)

const categoryKind = ({ category, type }: BreadcrumbJson): TrailKind => {
  if (category === 'fetch' || category === 'xhr' || type === 'http') return 'request'
  if (category?.startsWith('ui.') || category === 'touch') return 'input'
  if (category === 'navigation') return 'navigation'
  return category === 'console' ? 'console' : 'other'
}

/** Which kinds there are, with how many of each. A failed request counts as a problem too. */
export const kindsOf = (trail: readonly BreadcrumbJson[]): [TrailKind, number][] =>
  (Object.keys(TRAIL_KINDS) as TrailKind[])
    .map((kind): [TrailKind, number] => [kind, trail.filter((one) => isOfKind(one, kind)).length])
    .filter(([, count]) => count > 0)

/** Those of a kind that hold the text anywhere. */
export const filterTrail = (
  trail: readonly BreadcrumbJson[],
  { kind, text }: { kind?: TrailKind | undefined; text: string },
): BreadcrumbJson[] => {
  const wanted = text.trim().toLowerCase()
  return trail
    .filter((one) => kind === undefined || isOfKind(one, kind))
    .filter((one) => wanted === '' || JSON.stringify(one).toLowerCase().includes(wanted))
}
