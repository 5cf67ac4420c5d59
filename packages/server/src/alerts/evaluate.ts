import { concerns } from './condition.ts'
import { isLate, periodOf, type Evidence, type Firing } from './firing.ts'
import type { Occasion } from './occasion.ts'
import type { StoredAlertRule } from './rule.ts'
import { sum, type Tallies, type Tally, type TallyKey } from './tallies.ts'
import type { Trigger } from './trigger.ts'
import { endsToTry, windowOf, type Window } from './window.ts'

const onceFor = ({ id: ruleId, trigger }: StoredAlertRule, occasion: Occasion): Firing | undefined => {
  const { issueId: subject, change, eventId, happenedAt } = occasion
  const fired = { ruleId, subject, happenedAt, event: occasion, evidence: {} }
  if (trigger.when === 'new-issue' && change === 'new') return { ...fired, occurrence: 'new' }
  const isBack = change === 'regressed' || change === 'returned'
  return trigger.when === 'regression' && isBack ? { ...fired, occurrence: `back ${eventId}` } : undefined
}

interface Counted extends Tally {
  users: Set<string>
  /** The last event that came for the slot. */
  occasion: Occasion
}

const tally = (rule: StoredAlertRule, window: Window, occasions: readonly Occasion[]): Counted[] => {
  const counted = new Map<string, Counted>()
  for (const occasion of occasions) {
    const { issueId, happenedAt, receivedAt, times, user } = occasion
    if (isLate(happenedAt, receivedAt)) continue
    const [subject, slot] = [window.of === 'issue' ? issueId : 0, Math.floor(happenedAt / window.slotMs)]
    const key = `${subject} ${slot}`
    const one = counted.get(key) ?? { ruleId: rule.id, subject, slot, events: 0, users: new Set(), occasion }
    counted.set(key, one)
    one.events += times
    one.occasion = occasion
    if (user !== undefined && window.countsUsers) one.users.add(user)
  }
  return [...counted.values()]
}

const HOURS_OF_A_WEEK = 7 * 24

/** The evidence that a window which ends with this slot shows what the rule is about; undefined when it does not. */
const evidenceAt = async (
  key: TallyKey,
  { trigger, end, window }: { trigger: Trigger; end: number; window: Window },
  tallies: Tallies,
): Promise<Evidence | undefined> => {
  const span = { from: end - window.slots + 1, to: end }
  const { minutes } = window
  if (trigger.when === 'users') {
    const users = await tallies.users(key, span)
    return users >= trigger.count ? { users, minutes } : undefined
  }
  const events = sum(await tallies.events(key, span))
  if (trigger.when === 'events') return events >= trigger.count ? { events, minutes } : undefined
  if (trigger.when !== 'escalating' || events < trigger.atLeast) return undefined
  const usual = sum(await tallies.events(key, { from: end - HOURS_OF_A_WEEK, to: end - 1 })) / HOURS_OF_A_WEEK
  return events >= trigger.factor * usual ? { events, minutes, usual } : undefined
}

/** Looks at every window that the newly counted slots are part of, whichever order they came in. */
const evaluateSubject = async (
  rule: StoredAlertRule,
  { window, counted }: { window: Window; counted: readonly Counted[] },
  tallies: Tallies,
): Promise<Firing[]> => {
  const { ruleId, subject, occasion } = counted[0]!
  const key = { ruleId, subject }
  const firings = new Map<string, Firing>()
  for (const end of await endsToTry(key, { window, slots: counted.map(({ slot }) => slot) }, tallies)) {
    const occurrence = periodOf(end * window.slotMs, rule)
    if (firings.has(occurrence) || (await tallies.hasFired(key, occurrence))) continue
    const evidence = await evidenceAt(key, { trigger: rule.trigger, end, window }, tallies)
    const latest = counted.find(({ slot }) => slot === end)?.occasion ?? occasion
    if (evidence)
      firings.set(occurrence, { ...key, occurrence, happenedAt: latest.happenedAt, event: latest, evidence })
  }
  return [...firings.values()]
}

const bySubject = (counted: readonly Counted[]): Counted[][] => {
  const subjects = new Map<number, Counted[]>()
  for (const one of counted) subjects.set(one.subject, [...(subjects.get(one.subject) ?? []), one])
  return [...subjects.values()]
}

const evaluateRule = async (
  rule: StoredAlertRule,
  occasions: readonly Occasion[],
  tallies: Tallies,
): Promise<Firing[]> => {
  const concerned = occasions.filter((occasion) => concerns(rule, occasion))
  const window = windowOf(rule.trigger)
  if (!window) return concerned.flatMap((occasion) => onceFor(rule, occasion) ?? [])
  const counted = tally(rule, window, concerned)
  await tallies.add(counted)
  const firings: Firing[] = []
  for (const ofSubject of bySubject(counted))
    firings.push(...(await evaluateSubject(rule, { window, counted: ofSubject }, tallies)))
  return firings
}

/**
 * Counts newly stored events and tells which rules came true by them. Windows lie in the time when events happened, so that
 * late and reordered ones count where they belong; a subject fires once in each period of `everyMinutes` that has a window
 * which ends with an event. No clock is asked, and nothing is kept but the tallies.
 */
export const evaluate = async (
  rules: readonly StoredAlertRule[],
  occasions: readonly Occasion[],
  tallies: Tallies,
): Promise<Firing[]> => {
  const firings: Firing[] = []
  for (const rule of rules) firings.push(...(await evaluateRule(rule, occasions, tallies)))
  return firings
}
