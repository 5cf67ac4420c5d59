import type { LeanPayload } from './event.ts'
import { SEVERITIES, type Severity } from './ingest/classify.ts'
/** Whom an event happened to, as its issue counts people. */
export const userKey = ({ user }: LeanPayload): string | undefined =>
  user?.id ?? user?.email ?? user?.username ?? user?.ip_address

const textIn = (contexts: LeanPayload['contexts'], context: string, field: string): string | undefined => {
  const value = (contexts?.[context] as Record<string, unknown> | null | undefined)?.[field]
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined
}

/** `Chrome 156`: what comes after the first number tells builds apart, not browsers. */
const browserOf = (contexts: LeanPayload['contexts']): string | undefined => {
  const name = textIn(contexts, 'browser', 'name')
  const version = textIn(contexts, 'browser', 'version')?.split('.', 1)[0]
  return name && (version ? `${name} ${version}` : name)
}

/** How bad it is, as ingest found. */
export const severityOf = ({ contexts }: LeanPayload): Severity | undefined => {
  const text = textIn(contexts, 'classification', 'severity')
  return SEVERITIES.find((severity) => severity === text)
}

const without = <Value>(values: Record<string, Value | undefined>): Record<string, Value> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, Value] => entry[1] !== undefined))

/** What an event is counted under in its issue. */
export const tagsOf = ({ tags, level, environment, release, contexts }: LeanPayload): [string, string][] =>
  Object.entries(
    without({
      browser: browserOf(contexts),
      os: textIn(contexts, 'os', 'name'),
      device: textIn(contexts, 'device', 'type'),
      category: textIn(contexts, 'classification', 'category'),
      severity: textIn(contexts, 'classification', 'severity'),
      ...tags,
      level,
      environment,
      release,
    }),
  )

const UNKNOWN = 'unknown'

/** By what a project's events are counted each hour; every event stands under one value of each. */
export const DIMENSIONS = ['environment', 'level', 'category', 'severity', 'browser'] as const
export type Dimension = (typeof DIMENSIONS)[number]

export const dimensionsOf = ({ level, environment, contexts }: LeanPayload): Record<Dimension, string> => ({
  environment,
  level,
  category: textIn(contexts, 'classification', 'category') ?? UNKNOWN,
  severity: textIn(contexts, 'classification', 'severity') ?? UNKNOWN,
  browser: textIn(contexts, 'browser', 'name') ?? UNKNOWN,
})
