import type { OccasionStore } from '../ports/occasions.ts'
import type { ReadingStore } from '../ports/readings.ts'
import type { StatisticsStore } from '../ports/statistics.ts'
import { measure } from '../statistics/measure.ts'
import { burnFiring } from './burn.ts'
import { evaluateReadings } from './evaluate-readings.ts'
import { evaluate } from './evaluate.ts'
import type { Firing } from './firing.ts'
import { memoryGrades, memoryTallies } from './memory-tallies.ts'
import { readingKindOf } from './reading.ts'
import type { AlertRule, StoredAlertRule } from './rule.ts'
import type { Tallies } from './tallies.ts'
import type { When } from './trigger.ts'

export interface DryRunDeps {
  occasions: OccasionStore
  readings: Pick<ReadingStore, 'since'>
  statistics: Pick<StatisticsStore, 'objective' | 'sessions' | 'events'>
  now: () => number
}

export interface DryRun {
  /** What was looked at, and how much of it. */
  of: 'events' | 'sessions' | 'frames' | 'hours'
  count: number
  isCut: boolean
  /** In the order in which they would have fired. */
  firings: Firing[]
}

/** What is asked: a rule of a project that nobody has stored, and since when. */
export interface Trial {
  rule: AlertRule
  projectId: number
  since: number
}

// Some seconds' work at most; the newest are looked at.
const AT_MOST = 20_000
const PER_STEP = 100

type HasFired = Tallies['hasFired']
type Evaluate<Item> = (items: readonly Item[]) => Promise<Firing[]>

const nameOf = (subject: number, occurrence: string): string => `${subject} ${occurrence}`

/** Goes through items in the order in which they came, as many at once as would come together; each occurrence fires once. */
const replay = async <Item>(
  items: readonly Item[],
  begin: (hasFired: HasFired) => Evaluate<Item>,
): Promise<Firing[]> => {
  const fired = new Map<string, Firing>()
  const evaluateSome = begin(async ({ subject }, occurrence) => fired.has(nameOf(subject, occurrence)))
  for (let from = 0; from < items.length; from += PER_STEP)
    for (const firing of await evaluateSome(items.slice(from, from + PER_STEP))) {
      const name = nameOf(firing.subject, firing.occurrence)
      if (!fired.has(name)) fired.set(name, firing)
    }
  return [...fired.values()]
}

const stored = ({ rule, projectId }: Trial): StoredAlertRule => ({
  ...rule,
  id: 0,
  projectId,
  mutedUntil: null,
  countsSince: 0,
})

const tryOnEvents = async (trial: Trial, { occasions }: DryRunDeps): Promise<DryRun> => {
  const { rule, projectId, since: from } = trial
  const withOwners = rule.conditions.some(({ on }) => on === 'owner')
  const found = await occasions.since(projectId, { from, limit: AT_MOST, withOwners })
  const firings = await replay(found, (hasFired) => {
    const tallies = memoryTallies(hasFired)
    return (some) => evaluate([stored(trial)], some, tallies)
  })
  return { of: 'events', count: found.length, isCut: found.length === AT_MOST, firings }
}

const tryOnReadings = async (trial: Trial, of: 'sessions' | 'frames', { readings }: DryRunDeps): Promise<DryRun> => {
  const found = await readings.since(trial.projectId, of, { from: trial.since, limit: AT_MOST })
  const firings = await replay(found, (hasFired) => {
    const grades = memoryGrades(hasFired)
    return (some) => evaluateReadings([stored(trial)], some, grades)
  })
  const count = found.reduce((sum, { quantity }) => sum + quantity, 0)
  return { of, count, isCut: found.length >= AT_MOST, firings }
}

const HOUR_MS = 3_600_000
const LONGEST_BURN_MS = 72 * HOUR_MS

/** Looks at the end of each hour, when all of it is known. */
const tryOnHours = async (trial: Trial, { statistics, now }: DryRunDeps): Promise<DryRun | Untried> => {
  const { projectId, since } = trial
  const objective = await statistics.objective(projectId)
  if (!objective) return { untried: 'The project has no error budget' }
  const period = { from: since - LONGEST_BURN_MS, to: now() }
  const measured = await measure(statistics, projectId, { kind: objective.kind, period })
  const ends: number[] = []
  for (let end = Math.floor(since / HOUR_MS) * HOUR_MS + HOUR_MS - 1; end < now(); end += HOUR_MS) ends.push(end)
  const known = (end: number) => measured.filter(({ at }) => at <= end)
  const look = (end: number) => burnFiring(stored(trial), { objective, measured: known(end), now: end }) ?? []
  const firings = await replay(ends, () => async (some) => some.flatMap(look))
  return { of: 'hours', count: ends.length, isCut: false, firings }
}

/** Why the past does not tell when a rule would have fired. */
export interface Untried {
  untried: string
}

const NOT_KEPT: Partial<Record<When, string>> = {
  'web-vital': 'Web vitals are kept by the hour only',
  'failed-uploads': 'Uploads that failed are not kept',
  'dead-letters': 'When dead letters were set aside is not kept',
  inbox: 'How much waited in the inbox is not kept',
}

/** Replays what is stored through a rule, in the order in which it came; nothing is stored, nobody is told. */
export const dryRun = async (trial: Trial, deps: DryRunDeps): Promise<DryRun | Untried> => {
  const { trigger } = trial.rule
  const untried = NOT_KEPT[trigger.when]
  if (untried !== undefined) return { untried }
  if (trigger.when === 'error-budget') return tryOnHours(trial, deps)
  const kind = readingKindOf(trigger)
  return kind === 'sessions' || kind === 'frames' ? tryOnReadings(trial, kind, deps) : tryOnEvents(trial, deps)
}
