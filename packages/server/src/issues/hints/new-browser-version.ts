import type { BrowserCount, FindHint } from './hint.ts'

const LEAST_EVENTS = 5
const NEARLY_ALL = 0.8
/** Elsewhere it is at most so much of what it is here. */
const RARE_ELSEWHERE = 0.5

const sum = (counts: readonly BrowserCount[]): number => counts.reduce((total, { events }) => total + events, 0)

const versionOf = (browser: string): { name: string; version: number } => {
  const [, name = browser, version = ''] = /^(.*?) (\d{1,9})$/.exec(browser) ?? []
  return { name, version: Number(version) }
}

const isNewest = (browser: string, all: readonly BrowserCount[]): boolean => {
  const { name, version } = versionOf(browser)
  const others = all.map((one) => versionOf(one.browser)).filter((one) => one.name === name && one.version !== version)
  return others.length > 0 && others.every((one) => one.version < version)
}

const percent = (share: number): string => `${Math.round(share * 100)} %`

/** Nearly all of it happens in the newest version of a browser, which others of the project's issues do not. */
export const newBrowserVersion: FindHint = ({ browsers: { issue, others } }) => {
  const [most] = issue.toSorted((a, b) => b.events - a.events)
  const total = sum(issue)
  if (!most || total < LEAST_EVENTS || !isNewest(most.browser, [...issue, ...others])) return undefined
  const share = most.events / total
  const elsewhere = others.find(({ browser }) => browser === most.browser)?.events ?? 0
  const shareElsewhere = elsewhere / Math.max(1, sum(others))
  if (share < NEARLY_ALL || shareElsewhere > share * RARE_ELSEWHERE) return undefined
  return {
    type: 'new-browser-version',
    text: `${percent(share)} of its events come from ${most.browser}, the newest version seen; of other issues' ${percent(shareElsewhere)}.`,
    evidence: { browser: most.browser, events: most.events, of: total, share, shareElsewhere },
  }
}
