import { setTimeout as wait } from 'node:timers/promises'
import { newEventId, send } from './burst.ts'

export interface Load {
  /** IDs of the events that got their 200. */
  accepted: string[]
  /** Resolves once so many more were accepted. */
  more(count: number): Promise<void>
  stop(): Promise<void>
}

const SENDERS = 4
const PAUSE_MS = 20

/** Pages that report one event after the other, whatever happens to the service; what is refused is not sent again. */
export const startLoad = (dsn: string): Load => {
  const accepted: string[] = []
  const state = { isStopped: false }
  const sendAll = async (): Promise<void> => {
    while (!state.isStopped) {
      const id = newEventId()
      if ((await send(dsn, id)) === 200) accepted.push(id)
      await wait(PAUSE_MS)
    }
  }
  const senders = Array.from({ length: SENDERS }, sendAll)
  return {
    accepted,
    more: async (count) => {
      const wanted = accepted.length + count
      while (accepted.length < wanted) await wait(PAUSE_MS)
    },
    stop: async () => {
      state.isStopped = true
      await Promise.all(senders)
    },
  }
}
