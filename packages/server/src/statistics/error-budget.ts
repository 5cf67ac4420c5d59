// How much failing an objective tolerates, and how fast that is being used up.
import type { Measured, Objective } from '../ports/statistics.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** An hour tells of an outage, three days of a slow leak. */
const BURN_WINDOWS_HOURS = [1, 6, 24, 72] as const

export interface Burn {
  hours: number
  /** 1 uses up the budget exactly by the end of the window; null: nothing was measured. */
  rate: number | null
}

export interface ErrorBudget {
  /** Failures that are tolerable within the window. */
  allowed: number
  spent: number
  /** Share of the budget that is left; below 0 when it is overdrawn. Null: nothing was measured. */
  remaining: number | null
  burnRates: Burn[]
  /** When it will be used up if all goes on as in the last day; null: it will not, or has been. Milliseconds since 1970. */
  exhaustedAt: number | null
  /** What failed on each day (UTC) of the window, the first and the last of which may be cut. */
  days: Measured[]
}

interface Sum {
  all: number
  bad: number
}

const sum = (measured: readonly Measured[], from: number): Sum =>
  measured
    .filter(({ at }) => at >= from)
    .reduce((total, { all, bad }) => ({ all: total.all + all, bad: total.bad + bad }), { all: 0, bad: 0 })

const allowedIn = ({ kind, target }: Objective, { all }: Sum, hours: number): number =>
  kind === 'errors' ? (target * hours) / 24 : (1 - target) * all

const isMeasured = ({ kind }: Objective, { all }: Sum): boolean => kind === 'errors' || all > 0

const share = (bad: number, allowed: number): number => (bad === 0 ? 0 : bad / allowed)

/** Whole hours are counted: the last one is the one that has begun. */
const since = (now: number, hours: number): number => Math.floor(now / HOUR_MS) * HOUR_MS - (hours - 1) * HOUR_MS

/** How fast the budget goes over the last hours, of which the last is the one that has begun. */
export const burn = (
  objective: Objective,
  measured: readonly Measured[],
  { hours, now }: { hours: number; now: number },
): Burn => {
  const total = sum(measured, since(now, hours))
  return {
    hours,
    rate: isMeasured(objective, total) ? share(total.bad, allowedIn(objective, total, hours)) : null,
  }
}

/** What is left lasts as long as the last day's failures take to use it up. */
const exhaustion = (left: number, measured: readonly Measured[], now: number): number | null => {
  const { bad } = sum(measured, since(now, 24))
  return left > 0 && bad > 0 ? now + (left / bad) * DAY_MS : null
}

const startOfDay = (time: number): number => Math.floor(time / DAY_MS) * DAY_MS

/** Every day from a time on, those on which nothing was measured too. */
const byDay = (measured: readonly Measured[], from: number, now: number): Measured[] => {
  const first = startOfDay(from)
  const days = Array.from({ length: Math.floor((now - first) / DAY_MS) + 1 }, (_, day): Measured => ({
    at: first + day * DAY_MS,
    all: 0,
    bad: 0,
  }))
  for (const { at, all, bad } of measured) {
    const day = at >= from ? days[Math.floor((at - first) / DAY_MS)] : undefined
    if (day) Object.assign(day, { all: day.all + all, bad: day.bad + bad })
  }
  return days
}

export const errorBudget = (objective: Objective, measured: readonly Measured[], now: number): ErrorBudget => {
  const hours = objective.windowDays * 24
  const total = sum(measured, since(now, hours))
  const allowed = allowedIn(objective, total, hours)
  return {
    allowed,
    spent: total.bad,
    remaining: isMeasured(objective, total) ? 1 - share(total.bad, allowed) : null,
    burnRates: BURN_WINDOWS_HOURS.map((window) => burn(objective, measured, { hours: window, now })),
    exhaustedAt: exhaustion(allowed - total.bad, measured, now),
    days: byDay(measured, since(now, hours), now),
  }
}

/** The hours that a budget has to know. */
export const budgetPeriod = ({ windowDays }: Objective, now: number): { from: number; to: number } => ({
  from: since(now, Math.max(windowDays * 24, BURN_WINDOWS_HOURS.at(-1)!)),
  to: now + 1,
})
