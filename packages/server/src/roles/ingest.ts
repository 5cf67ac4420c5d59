import type { IngestDeps } from '../api/ingest.ts'
import { freeBytesOf } from '../ingest/backpressure.ts'
import { createTurnedAwayCounter } from '../ingest/turned-away.ts'
import { isFolderStore } from './check-roles.ts'
import type { Process } from './process.ts'
import type { Shared } from './shared.ts'

/** The door: takes events in, and asks the store for keys and settings only. */
export const openIngest = async (
  { config, opened, onFailure }: Process,
  shared: Pick<Shared, 'inbox' | 'doorStores'>,
): Promise<IngestDeps> => {
  const inbox = await shared.inbox()
  const { projects, ingestSettings, groupingSettings } = await shared.doorStores()
  const turnedAway = createTurnedAwayCounter(inbox, Date.now)
  opened.add(turnedAway.flush)
  return {
    projects,
    ingestSettings,
    groupingSettings,
    inbox,
    turnedAway,
    freeBytes: isFolderStore(config) ? () => freeBytesOf(config.data) : async () => Infinity,
    now: Date.now,
    onFailure,
  }
}
