import type { UnresolvedReason } from '@foghorn/symbolicate'
import type { Facts } from '../../alerts/condition.ts'
import type { Reading, ReadingKind } from '../../alerts/reading.ts'
import { VITALS } from '../../alerts/trigger.ts'
import type { SymbolicatedEvent } from '../../event.ts'
import type { Measurement, SessionCount } from '../../ports/figures.ts'
import { bucketOf } from '../../statistics/buckets.ts'
import { SEVERITY } from '../../statistics/severity.ts'
import { countedBy, type SessionChange } from './session-changes.ts'

const tags = (values: Record<string, string>): ReadonlyMap<string, string> =>
  new Map(Object.entries(values).filter(([, value]) => value !== ''))

/** A session that turned out to be worse is taken back from where it was counted. */
export const readingsOfSession = (change: SessionChange, storedAt: number): Reading[] => {
  const { projectId, startedAt: at, receivedAt, release, environment, counted } = change
  const now = countedBy(change, storedAt)
  if (now === null || now.severity === counted?.severity) return []
  const one = { projectId, kind: 'sessions', at, receivedAt, tags: tags({ release, environment }) } as const
  const since = now.at
  const fresh = { ...one, since, grade: now.severity, quantity: 1 }
  return counted === null ? [fresh] : [{ ...one, since, grade: counted.severity, quantity: -1 }, fresh]
}

export const readingOfCount = (count: SessionCount): Reading => {
  const { projectId, startedAt: at, receivedAt, release, environment, status, quantity } = count
  const of = tags({ release, environment })
  return { projectId, kind: 'sessions', at, receivedAt, grade: SEVERITY[status], quantity, tags: of }
}

const isVital = (name: string): name is (typeof VITALS)[number] => (VITALS as readonly string[]).includes(name)

export const readingsOfMeasurement = (measurement: Measurement): Reading[] => {
  const { projectId, at, receivedAt, name, page, release, environment, browser, value } = measurement
  if (!isVital(name)) return []
  const of = tags({ release, environment, browser })
  return [{ projectId, kind: name, at, receivedAt, grade: bucketOf(value), quantity: 1, tags: of, url: page }]
}

// No map would lead these to a source.
const BEYOND_MAPS = new Set<UnresolvedReason>(['no-line', 'native', 'extension', 'eval', 'inline-script'])

const gradesOf = (stacks: SymbolicatedEvent['stacks']): number[] =>
  stacks.flat().flatMap(({ resolution }) => {
    if (resolution.status === 'resolved') return [0]
    return BEYOND_MAPS.has(resolution.reason) ? [] : [1]
  })

type FramesEvent = Pick<SymbolicatedEvent, 'projectId' | 'stacks' | 'happenedAt' | 'receivedAt'>

/** Frames of an event: those that led to a source, and those that a map could have led there. */
export const readingsOfFrames = (event: FramesEvent, { tags: of, url, owners }: Facts): Reading[] => {
  const { projectId, stacks, happenedAt: at, receivedAt } = event
  const grades = gradesOf(stacks)
  const one = { projectId, kind: 'frames' as ReadingKind, at, receivedAt, tags: of, url, owners }
  const bad = grades.filter((grade) => grade === 1).length
  return [
    { ...one, grade: 0, quantity: grades.length - bad },
    { ...one, grade: 1, quantity: bad },
  ].filter(({ quantity }) => quantity > 0)
}
