import type { Graded, Grades } from './grades.ts'
import type { Tallies, TallyKey } from './tallies.ts'

interface Slot {
  events: number
  users: Set<string>
}

const keyOf = ({ ruleId, subject }: TallyKey): string => `${ruleId} ${subject}`

/** Tallies of one dry run. */
export const memoryTallies = (hasFired: Tallies['hasFired']): Tallies => {
  const counted = new Map<string, Map<number, Slot>>()
  const within = (key: TallyKey, { from, to }: { from: number; to: number }) =>
    [...(counted.get(keyOf(key)) ?? [])].filter(([slot]) => slot >= from && slot <= to)
  return {
    add: async (tallies) => {
      for (const { slot, events, users, ...key } of tallies) {
        const slots = counted.get(keyOf(key)) ?? new Map<number, Slot>()
        counted.set(keyOf(key), slots)
        const before = slots.get(slot)
        slots.set(slot, {
          events: events + (before?.events ?? 0),
          users: new Set([...(before?.users ?? []), ...users]),
        })
      }
    },
    events: async (key, span) =>
      within(key, span)
        .map(([slot, { events }]) => ({ slot, events }))
        .sort((a, b) => a.slot - b.slot),
    users: async (key, span) => new Set(within(key, span).flatMap(([, { users }]) => [...users])).size,
    hasFired,
  }
}

/** The same for what is counted by how good it was. */
export const memoryGrades = (hasFired: Grades['hasFired']): Grades => {
  const counted: Graded[] = []
  return {
    grade: async (_ruleId, graded) => void counted.push(...graded),
    graded: async (_ruleId, { from, to }) =>
      counted.filter(({ slot }) => slot >= from && slot <= to).toSorted((a, b) => a.slot - b.slot),
    hasFired,
  }
}
