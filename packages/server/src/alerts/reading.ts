import type { Facts } from './condition.ts'
import type { Trigger, VITALS } from './trigger.ts'

/** What is counted by how good it was. */
export type ReadingKind = 'sessions' | 'frames' | 'uploads' | 'dead-letters' | (typeof VITALS)[number]

/** That something was so and so good: a session by how it ended, a web vital by its size, a frame by whether it was resolved. */
export interface Reading extends Facts {
  projectId: number
  kind: ReadingKind
  /** Milliseconds since 1970. */
  at: number
  receivedAt: number
  /** 0 is good, or the best. Sessions have their severity, vitals the bucket of their value, all else 1 for bad. */
  grade: number
  /** Below 0 when something counted before stands under another grade now. */
  quantity: number
  /** When it was first counted, where its grade may change: rules that are younger know nothing of it. */
  since?: number
}

/** What a trigger counts; undefined for one that counts events, or nothing. */
export const readingKindOf = (trigger: Trigger): ReadingKind | undefined => {
  if (trigger.when === 'error-rate' || trigger.when === 'crash-free') return 'sessions'
  if (trigger.when === 'web-vital') return trigger.vital
  if (trigger.when === 'unresolved-frames') return 'frames'
  if (trigger.when === 'failed-uploads') return 'uploads'
  return trigger.when === 'dead-letters' ? 'dead-letters' : undefined
}
