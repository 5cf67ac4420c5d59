import type { EntryJson, EventJson } from '@foghorn/server'

type DataOf<Type extends EntryJson['type']> = Extract<EntryJson, { type: Type }>['data']

/** The part of an event that has this type. */
export const entryOf = <Type extends EntryJson['type']>(event: EventJson, type: Type): DataOf<Type> | undefined =>
  event.entries.find((entry) => entry.type === type)?.data as DataOf<Type> | undefined
