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
