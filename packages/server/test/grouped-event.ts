import { readEvent } from '@foghorn/protocol'
import type { GroupedEvent, GroupingKey } from '../src/event.ts'
import { newEventId, NOON } from './harness.ts'

export type GroupedFields = Partial<GroupedEvent> & { user?: string; release?: string }

/** An event as grouping hands it on. */
export const groupedEvent = (projectId: number, keys: GroupingKey[], fields: GroupedFields = {}): GroupedEvent => {
  const { user, release, ...rest } = fields
  const read = readEvent({ release, user: user === undefined ? undefined : { id: user } })!
  return {
    projectId,
    eventId: newEventId(),
    happenedAt: NOON,
    receivedAt: NOON,
    kind: 'error',
    times: 1,
    payload: { ...read, level: 'error', environment: 'production' },
    usedMaps: [],
    stacks: [],
    grouping: { version: 1, keys, ignored: [] },
    headline: { title: `event of ${keys[0]!.parts[0]}`, culprit: '', metadata: {} },
    ...rest,
  } as unknown as GroupedEvent
}
