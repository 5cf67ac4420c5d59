// The inbox with both of its sides: the door's here, the digest's in its thread.
import { bucketOf } from './choose-blobs.ts'
import { postgresOf } from './choose-database.ts'
import { chooseInbox, moveWaiting, natsOf } from './choose-inbox.ts'
import { limitsOf, type Config } from './config.ts'
import { startDigestThread, type DigestThread } from './digest-thread.ts'
import type { Logger } from './log.ts'
import { folderUsage } from './metrics/folder-usage.ts'
import type { DeadLetters } from './ports/dead-letters.ts'
import type { Inbox } from './ports/inbox.ts'

export interface Digesting {
  thread: DigestThread
  inbox: Inbox
  deadLetters: DeadLetters
}

export const startDigesting = async (config: Config, log: Logger): Promise<Digesting> => {
  const nats = natsOf(config)
  const choice = chooseInbox(config.data, nats)
  let wake = (): void => undefined
  const inbox = await choice.open(() => wake())
  const moved = nats === undefined ? 0 : await moveWaiting(config.data, inbox)
  if (moved > 0) log.info({ moved }, 'what waited in the data folder waits in NATS now')
  const deadLetters = await choice.openDeadLetters(() => wake())
  const thread = startDigestThread(
    { ...config, nats, postgres: postgresOf(config), bucket: bucketOf(config), limits: limitsOf(config) },
    (error) => log.error({ err: error }, 'the digest thread died and is started again'),
  )
  wake = thread.wake
  return { inbox, deadLetters, thread }
}

/** What the metrics tell of the data folder, and of the inbox wherever it is. */
export const usageOf = (config: Config, { inbox, deadLetters }: Digesting): ReturnType<typeof folderUsage> => ({
  ...folderUsage(config.data),
  ...(natsOf(config) && {
    inboxDepth: async () => ({ waiting: (await inbox.load()).items, setAside: await deadLetters.count() }),
  }),
})
