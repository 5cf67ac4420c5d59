import { existsSync } from 'node:fs'
import { chooseInbox, moveWaiting, natsOf } from '../choose-inbox.ts'
import { inboxFile } from '../data-folder.ts'
import type { DeadLetters } from '../ports/dead-letters.ts'
import type { Inbox } from '../ports/inbox.ts'
import type { Process } from './process.ts'

/** What waited in the data folder before the inbox was moved to NATS goes there. */
const takeAlong = async (inbox: Inbox, { config: { data }, log }: Process): Promise<void> => {
  if (!existsSync(inboxFile(data))) return
  const moved = await moveWaiting(data, inbox)
  if (moved > 0) log.info({ moved }, 'what waited in the data folder waits in NATS now')
}

/** Opens the door's side of the inbox. */
export const openInbox = async (process: Process, onAdded: () => void): Promise<Inbox> => {
  const { config, opened } = process
  const nats = natsOf(config)
  const inbox = await chooseInbox(config.data, nats).open(onAdded)
  opened.add(inbox.close)
  if (nats) await takeAlong(inbox, process)
  return inbox
}

export const openDeadLetters = async ({ config, opened }: Process, onReplay: () => void): Promise<DeadLetters> => {
  const deadLetters = await chooseInbox(config.data, natsOf(config)).openDeadLetters(onReplay)
  opened.add(deadLetters.close)
  return deadLetters
}
