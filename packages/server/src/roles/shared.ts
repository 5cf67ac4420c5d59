import { postgresOf } from '../choose-database.ts'
import { startDigesting } from '../start-digesting.ts'
import { openDoorStores, type DoorStores } from '../door-stores.ts'
import type { DigestThread } from '../digest-thread.ts'
import type { DeadLetters } from '../ports/dead-letters.ts'
import type { Inbox } from '../ports/inbox.ts'
import { createAlerting, type Alerting } from './alerting.ts'
import { openDeadLetters, openInbox } from './open-inbox.ts'
import { openOwn, type Own } from './open-stores.ts'
import type { Process } from './process.ts'

/** What those roles share that know everything: answering people, and telling them. */
export interface Office extends Own {
  deadLetters: DeadLetters
  alerting: Alerting
}

/** What the roles of one process share. Each is opened when the first of them asks for it. */
export interface Shared {
  inbox(): Promise<Inbox>
  office(): Promise<Office>
  /** The office's where this process has one, else what the door needs. */
  doorStores(): Promise<DoorStores>
  thread(): DigestThread
}

const once = <Result>(open: () => Result): (() => Result) => {
  let opened: { result: Result } | undefined
  return () => (opened ??= { result: open() }).result
}

const openOffice = async (process: Process, onReplay: () => void): Promise<Office> => {
  const { config, opened, publicUrl } = process
  const own = await openOwn(process)
  const deadLetters = await openDeadLetters(process, onReplay)
  const alerting = createAlerting(config, { ...own, publicUrl })
  opened.add(alerting.close)
  return { ...own, deadLetters, alerting }
}

const openDoor = async ({ config, opened }: Process): Promise<DoorStores> => {
  const stores = await openDoorStores(config.data, postgresOf(config))
  opened.add(stores.close)
  return stores
}

const startThread = ({ config, log, opened }: Process): DigestThread => {
  const thread = startDigesting(config, log)
  opened.add(thread.stop)
  return thread
}

export const shareParts = (process: Process): Shared => {
  const { does } = process
  const wake = (): void => (does('worker') ? thread().wake() : undefined)
  const thread = once(() => startThread(process))
  const office = once(() => openOffice(process, wake))
  return {
    inbox: once(() => openInbox(process, wake)),
    office,
    doorStores: once(async () => (does('web', 'scheduler') ? (await office()).stores : openDoor(process))),
    thread,
  }
}
