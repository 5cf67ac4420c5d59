import type { OccasionStore } from '../ports/occasions.ts'
import { evaluate, type Firing } from './evaluate.ts'
import { memoryTallies } from './memory-tallies.ts'
import type { AlertRule } from './rule.ts'

export interface DryRunDeps {
  occasions: OccasionStore
  now: () => number
}

export interface DryRun {
  events: number
  isCut: boolean
  /** In the order in which they would have fired. */
  firings: Firing[]
}

// Some seconds' work at most; the newest are looked at.
const EVENTS_AT_MOST = 20_000
const PER_STEP = 100

/** Replays stored events through a rule, in the order in which they came; nothing is stored, nobody is told. */
export const dryRun = async (
  projectId: number,
  { rule, since }: { rule: AlertRule; since: number },
  { occasions }: DryRunDeps,
): Promise<DryRun> => {
  const stored = await occasions.since(projectId, since, EVENTS_AT_MOST)
  const tried = { ...rule, id: 0, projectId, mutedUntil: null }
  const fired = new Map<string, Firing>()
  const nameOf = (subject: number, occurrence: string): string => `${subject} ${occurrence}`
  const tallies = memoryTallies(async ({ subject }, occurrence) => fired.has(nameOf(subject, occurrence)))
  for (let from = 0; from < stored.length; from += PER_STEP)
    for (const firing of await evaluate([tried], stored.slice(from, from + PER_STEP), tallies))
      fired.set(nameOf(firing.subject, firing.occurrence), firing)
  return { events: stored.length, isCut: stored.length === EVENTS_AT_MOST, firings: [...fired.values()] }
}
