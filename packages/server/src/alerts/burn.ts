import type { Measured, Objective } from '../ports/statistics.ts'
import { burn } from '../statistics/error-budget.ts'
import { periodOf, type Firing } from './firing.ts'
import type { StoredAlertRule } from './rule.ts'

/** That a rule's budget is used up too fast at a time; undefined when it is not, or when the rule is about something else. */
export const burnFiring = (
  { id: ruleId, trigger, everyMinutes }: StoredAlertRule,
  { objective, measured, now }: { objective: Objective; measured: readonly Measured[]; now: number },
): Firing | undefined => {
  if (trigger.when !== 'error-budget') return undefined
  const { hours } = trigger
  const { rate } = burn(objective, measured, { hours, now })
  if (rate === null || rate < trigger.rate) return undefined
  const occurrence = periodOf(now, { everyMinutes })
  return { ruleId, subject: 0, occurrence, happenedAt: now, event: null, evidence: { rate, hours } }
}
