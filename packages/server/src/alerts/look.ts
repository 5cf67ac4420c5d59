import type { AlertRuleStore } from '../ports/alert-rules.ts'
import type { AlertStore } from '../ports/alerts.ts'
import type { DeadLetters } from '../ports/dead-letters.ts'
import type { Inbox } from '../ports/inbox.ts'
import type { ReadingStore } from '../ports/readings.ts'
import type { StatisticsStore } from '../ports/statistics.ts'
import { budgetPeriod } from '../statistics/error-budget.ts'
import { measure } from '../statistics/measure.ts'
import { burnFiring } from './burn.ts'
import { periodOf, type Firing } from './firing.ts'
import type { StoredAlertRule } from './rule.ts'

export interface LookDeps {
  alertRules: Pick<AlertRuleStore, 'looked'>
  alerts: Pick<AlertStore, 'fire'>
  readings: Pick<ReadingStore, 'lastLetter' | 'countLetters'>
  inbox: Pick<Inbox, 'arrivalOf'>
  deadLetters: Pick<DeadLetters, 'after'>
  statistics: Pick<StatisticsStore, 'objective' | 'sessions' | 'events'>
  now: () => number
}

/** Counts the dead letters that came since the last look. The first look finds old ones, which are no news. */
const countLetters = async ({ readings, deadLetters }: LookDeps): Promise<void> => {
  const last = await readings.lastLetter()
  const { newest, letters } = await deadLetters.after(last ?? Number.MAX_SAFE_INTEGER)
  // An inbox that was put back from a backup numbers its letters anew.
  if (newest !== last) await readings.countLetters(letters, newest)
}

const MINUTE_MS = 60_000

const inboxFiring = async (
  { id: ruleId, trigger, everyMinutes }: StoredAlertRule,
  { inbox, now }: LookDeps,
): Promise<Firing | undefined> => {
  if (trigger.when !== 'inbox') return undefined
  const { count, minutes } = trigger
  const arrivedAt = await inbox.arrivalOf(count)
  if (arrivedAt === undefined || now() - arrivedAt < minutes * MINUTE_MS) return undefined
  const occurrence = periodOf(now(), { everyMinutes })
  return { ruleId, subject: 0, occurrence, happenedAt: now(), event: null, evidence: { count, minutes } }
}

const budgetFiring = async (rule: StoredAlertRule, { statistics, now }: LookDeps): Promise<Firing | undefined> => {
  const objective = await statistics.objective(rule.projectId)
  if (!objective) return undefined
  const period = budgetPeriod(objective, now())
  const measured = await measure(statistics, rule.projectId, { kind: objective.kind, period })
  return burnFiring(rule, { objective, measured, now: now() })
}

/**
 * Looks once at what no event tells of: what waits in the inbox, new dead letters, error budgets. Which periods have fired
 * stands in the store, so that a service that starts again misses none that still holds and doubles none.
 */
export const look = async (deps: LookDeps): Promise<void> => {
  await countLetters(deps)
  for (const rule of await deps.alertRules.looked()) {
    const firing = await (rule.trigger.when === 'inbox' ? inboxFiring(rule, deps) : budgetFiring(rule, deps))
    if (firing) await deps.alerts.fire(rule, firing)
  }
}
