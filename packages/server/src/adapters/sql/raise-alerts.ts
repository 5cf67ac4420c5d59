import type { Transaction } from 'kysely'
import { evaluateReadings } from '../../alerts/evaluate-readings.ts'
import { evaluate } from '../../alerts/evaluate.ts'
import type { Firing } from '../../alerts/firing.ts'
import type { Occasion } from '../../alerts/occasion.ts'
import type { Reading } from '../../alerts/reading.ts'
import type { StoredAlertRule } from '../../alerts/rule.ts'
import type { LeanEvent } from '../../event.ts'
import { readRules } from './alert-rules.ts'
import { sqlGrades, sqlTallies } from './alert-tallies.ts'
import { tagsOf, userKey } from '../../event-facets.ts'
import { fire } from './fire-alert.ts'
import type { Placed } from './issue-batch.ts'
import { projectOwners, type ProjectOwners } from './project-owners.ts'
import { readingsOfFrames } from './readings.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

const toOccasion = (event: LeanEvent, { issue, change }: Placed): Occasion => ({
  issueId: issue.id,
  eventId: event.eventId,
  happenedAt: event.happenedAt,
  receivedAt: event.receivedAt,
  times: event.times,
  change,
  user: userKey(event.payload),
  tags: new Map(tagsOf(event.payload)),
  url: event.payload.request?.url,
})

const asksForOwners = ({ conditions }: StoredAlertRule): boolean => conditions.some(({ on }) => on === 'owner')

type PlacedEvent = readonly [LeanEvent, Placed]

/** Events as alerts see them; their owners are looked for only when a rule asks. */
const toOccasions = async (
  placed: readonly PlacedEvent[],
  rules: readonly StoredAlertRule[],
  owners: ProjectOwners,
): Promise<Occasion[]> => {
  const occasions: Occasion[] = []
  const isAsked = rules.some(asksForOwners)
  for (const [event, place] of placed) {
    const occasion = toOccasion(event, place)
    occasions.push(isAsked ? { ...occasion, owners: await owners.namesOf(event) } : occasion)
  }
  return occasions
}

const fireAll = async (
  db: Write,
  rules: readonly StoredAlertRule[],
  { firings, now }: { firings: readonly Firing[]; now: number },
): Promise<void> => {
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  for (const firing of firings) await fire(db, byId.get(firing.ruleId)!, { firing, now })
}

/** Fires the rules that come true by newly stored events, and fills the outbox, in the transaction that stores them. */
export const raiseAlerts = async (db: Write, places: ReadonlyMap<LeanEvent, Placed>, now: number): Promise<void> => {
  const owners = projectOwners(db)
  for (const projectId of new Set([...places.keys()].map((event) => event.projectId))) {
    const rules = await readRules(db, projectId)
    if (rules.length === 0) continue
    const placed = [...places].filter(([event]) => event.projectId === projectId)
    const occasions = await toOccasions(placed, rules, owners)
    const readings = placed.flatMap(([event], index) => readingsOfFrames(event, occasions[index]!))
    const firings = [
      ...(await evaluate(rules, occasions, sqlTallies(db))),
      ...(await evaluateReadings(rules, readings, sqlGrades(db))),
    ]
    await fireAll(db, rules, { firings, now })
  }
}

/** The same for what is counted by how good it was. */
export const raiseByReadings = async (db: Write, readings: readonly Reading[], now: number): Promise<void> => {
  for (const projectId of new Set(readings.map((reading) => reading.projectId))) {
    const rules = await readRules(db, projectId)
    if (rules.length === 0) continue
    const ofProject = readings.filter((reading) => reading.projectId === projectId)
    await fireAll(db, rules, { firings: await evaluateReadings(rules, ofProject, sqlGrades(db)), now })
  }
}
