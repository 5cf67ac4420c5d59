import { concerns } from './condition.ts'
import { isLate, periodOf, type Firing } from './firing.ts'
import { slideOver, type Graded, type Grades } from './grades.ts'
import { judge } from './judge.ts'
import { readingKindOf, type Reading } from './reading.ts'
import type { StoredAlertRule } from './rule.ts'
import type { Trigger } from './trigger.ts'
import { spansOf } from './window.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60

/** Adds up what is of one grade and one minute. */
const tally = (readings: readonly Reading[]): Graded[] => {
  const counted = new Map<string, Graded>()
  for (const { at, grade, quantity } of readings) {
    const slot = Math.floor(at / MINUTE_MS)
    const key = `${slot} ${grade}`
    const before = counted.get(key)?.quantity ?? 0
    counted.set(key, { slot, grade, quantity: before + quantity })
  }
  return [...counted.values()]
}

/** How many minutes a window has, and how many before it count. */
const reachOf = (trigger: Trigger): { minutes: number; before: number } => ({
  minutes: 'minutes' in trigger ? trigger.minutes : 1,
  before: trigger.when === 'unresolved-frames' && trigger.risenBy !== undefined ? DAY_MINUTES : 0,
})

/** Gives the evidence of each window in turn; their ends must ascend. */
const judging = (trigger: Trigger, rows: readonly Graded[]) => {
  const { minutes, before } = reachOf(trigger)
  const [within, earlier] = [slideOver(rows), slideOver(rows)]
  return (end: number) => {
    const from = end - minutes + 1
    const found = judge(trigger, within({ from, to: end }), earlier({ from: from - before, to: from - 1 }))
    return found && { ...found, minutes }
  }
}

/** Looks at every window that ends within the span, and at all others that hold one of its minutes. */
const evaluateSpan = async (
  rule: StoredAlertRule,
  span: { from: number; to: number },
  grades: Grades,
): Promise<Map<string, Firing>> => {
  const { minutes, before } = reachOf(rule.trigger)
  const key = { ruleId: rule.id, subject: 0 }
  const rows = await grades.graded(rule.id, {
    from: span.from - minutes - before + 1,
    to: span.to + minutes + before - 1,
  })
  const evidenceAt = judging(rule.trigger, rows)
  const firings = new Map<string, Firing>()
  for (const end of new Set(rows.filter(({ slot }) => slot >= span.from).map(({ slot }) => slot))) {
    const evidence = evidenceAt(end)
    const occurrence = periodOf(end * MINUTE_MS, rule)
    if (!evidence || firings.has(occurrence) || (await grades.hasFired(key, occurrence))) continue
    firings.set(occurrence, { ...key, occurrence, happenedAt: end * MINUTE_MS, event: null, evidence })
  }
  return firings
}

const counts = (rule: StoredAlertRule, reading: Reading): boolean =>
  reading.kind === readingKindOf(rule.trigger) &&
  (reading.since ?? Infinity) >= rule.countsSince &&
  !isLate(reading.at, reading.receivedAt) &&
  concerns(rule, reading)

const evaluateRule = async (rule: StoredAlertRule, readings: readonly Reading[], grades: Grades): Promise<Firing[]> => {
  const concerned = readings.filter((reading) => counts(rule, reading))
  if (concerned.length === 0) return []
  const counted = tally(concerned)
  await grades.grade(rule.id, counted)
  const { minutes, before } = reachOf(rule.trigger)
  const firings = new Map<string, Firing>()
  const slots = counted.map(({ slot }) => slot)
  for (const span of spansOf(slots, minutes + before))
    for (const [occurrence, firing] of await evaluateSpan(rule, span, grades)) firings.set(occurrence, firing)
  return [...firings.values()]
}

/**
 * Counts readings and tells which rules came true by them: as events are counted, by when things happened, with every
 * window looked at that the new ones are part of. Shares may fall again: what fires is what was true once it was known.
 */
export const evaluateReadings = async (
  rules: readonly StoredAlertRule[],
  readings: readonly Reading[],
  grades: Grades,
): Promise<Firing[]> => {
  const firings: Firing[] = []
  for (const rule of rules) firings.push(...(await evaluateRule(rule, readings, grades)))
  return firings
}
