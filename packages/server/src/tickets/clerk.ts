import type { Sender } from '../alerts/send.ts'
import type { TicketSystemStore } from '../ports/ticket-systems.ts'
import type { TicketTask, TicketToRead, TicketWork, Undone } from '../ports/ticket-work.ts'
import { commentOf, draftOf, type WritingDeps } from './write.ts'
import type { OpenSystem } from './open-system.ts'
import type { Answer, RemoteTicket, TicketSystem } from './ticket-system.ts'

export interface ClerkDeps extends WritingDeps {
  ticketWork: TicketWork
  ticketSystems: Pick<TicketSystemStore, 'target'>
  openSystem: OpenSystem
  now: () => number
}

// A turn on a system that answers slowly must end some time; each has a turn every second.
const TASKS_PER_TURN = 10
const READS_PER_TURN = 2

const NO_KEY: Undone = {
  status: 'failed',
  answer: 'What is secret of this system cannot be read with the key that the service has now. Enter it again.',
}

const GONE: Undone & { status: 'refused' } = { status: 'refused', answer: 'The issue is gone.' }

/** The ticket that an earlier attempt has made, of which nothing was heard; else a new one. */
const findOrCreate = async (system: TicketSystem, task: TicketTask, deps: ClerkDeps): Promise<Answer<RemoteTicket>> => {
  const { marker, triedAt } = task.ticket
  if (triedAt !== null) {
    const found = await system.find(marker, triedAt)
    if (found.status !== 'done') return found
    if (found.value) return { status: 'done', value: found.value }
  }
  const draft = await draftOf(task, deps)
  if (!draft) return GONE
  await deps.ticketWork.begin(task.ticket.id)
  return system.create(draft)
}

const create = async (system: TicketSystem, task: TicketTask, deps: ClerkDeps): Promise<Undone | undefined> => {
  const { ticketWork, now } = deps
  const { triedAt } = task.ticket
  const findableAt = triedAt === null ? 0 : triedAt + system.findsAfterMs
  if (findableAt > now()) {
    await ticketWork.postpone(task, findableAt)
    return undefined
  }
  const made = await findOrCreate(system, task, deps)
  if (made.status !== 'done') return made
  await ticketWork.made(task, made.value)
  return undefined
}

/** Asks for the rest: comments and states. */
const tell = async (system: TicketSystem, task: TicketTask, deps: ClerkDeps): Promise<Answer<void>> => {
  const { key } = task.ticket
  if (key === null) return GONE
  if (task.action !== 'comment') return system.setClosed(key, task.action === 'close')
  const comment = await commentOf(task, deps)
  return comment ? system.comment(key, comment) : GONE
}

/** Does one task; gives what went wrong. */
const carryOut = async (system: TicketSystem, task: TicketTask, deps: ClerkDeps): Promise<Undone | undefined> => {
  if (task.action === 'create') return create(system, task, deps)
  const { ticketWork } = deps
  if (task.action !== 'comment' && !(await ticketWork.isStillRight(task))) {
    await ticketWork.drop(task)
    return undefined
  }
  const answer = await tell(system, task, deps)
  if (answer.status !== 'done') return answer
  await ticketWork.done(task)
  return undefined
}

/** Tasks first, the oldest first, until something fails or the service ends. False when something failed. */
const doTasks = async (
  systemId: number,
  system: TicketSystem | undefined,
  { deps, isStopped }: { deps: ClerkDeps; isStopped: () => boolean },
): Promise<boolean> => {
  const { ticketWork, now } = deps
  for (let done = 0; done < TASKS_PER_TURN && !isStopped(); done += 1) {
    const task = await ticketWork.next(systemId, now())
    if (!task) return true
    const undone = system ? await carryOut(system, task, deps) : NO_KEY
    if (undone) await ticketWork.undone(task, undone)
    if (undone?.status === 'failed') return false
  }
  return true
}

/** False when the system failed. */
const readOne = async (system: TicketSystem, ticket: TicketToRead, { ticketWork }: ClerkDeps): Promise<boolean> => {
  const { key, version } = ticket
  const found = await system.read(key, version ?? undefined)
  if (found.status === 'done') await ticketWork.noteRead(ticket, found.value)
  else await ticketWork.noteUnread(ticket, found)
  return found.status !== 'failed'
}

const work = async (systemId: number, deps: ClerkDeps, isStopped: () => boolean): Promise<void> => {
  const target = await deps.ticketSystems.target(systemId)
  const system = target && deps.openSystem(target)
  if (!(await doTasks(systemId, system, { deps, isStopped })) || !system) return
  for (const ticket of await deps.ticketWork.toRead(systemId, deps.now(), READS_PER_TURN))
    if (isStopped() || !(await readOne(system, ticket, deps))) return
}

/** Systems are worked on side by side, each in its own order: one that does not answer holds up no other. */
export const createClerk = (deps: ClerkDeps): Sender => {
  const busy = new Set<number>()
  let isStopped = false
  const turn = async (systemId: number): Promise<void> => {
    busy.add(systemId)
    try {
      await work(systemId, deps, () => isStopped)
    } finally {
      busy.delete(systemId)
    }
  }
  return {
    send: async () => {
      const ready = (await deps.ticketWork.ready(deps.now())).filter((id) => !busy.has(id))
      await Promise.all(ready.map(turn))
    },
    stop: () => void (isStopped = true),
  }
}
