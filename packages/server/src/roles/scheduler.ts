import { chooseLeadership } from '../choose-leadership.ts'
import { keepLeading } from './keep-leading.ts'
import type { Process } from './process.ts'
import type { Shared } from './shared.ts'

export interface Scheduler {
  /** Whether this is the one of all schedulers that works. */
  isLeading(): boolean
  /** Begins to ask for the lead. */
  start(): void
}

/** What comes round by the clock: people are told, tickets kept, what waits is looked at; the thread looks after the stores. */
export const openScheduler = async (process: Process, shared: Shared): Promise<Scheduler> => {
  const { config, log, opened, onFailure } = process
  const { alerting, deadLetters } = await shared.office()
  const inbox = await shared.inbox()
  const leadership = chooseLeadership(config)
  opened.add(leadership.close)
  const thread = shared.thread()
  const lead = (): (() => Promise<void>) => {
    log.debug('this process leads the schedulers')
    thread.setLeading(true)
    const stop = alerting.start({ inbox, deadLetters, onFailure })
    return async () => {
      thread.setLeading(false)
      await stop()
    }
  }
  const onLost = (reason: Error): void => log.warn({ err: reason }, 'this process leads the schedulers no more')
  const leading = keepLeading({ leadership, lead, onLost, onFailure })
  return {
    isLeading: () => leading.isLeading,
    start: () => {
      leading.start()
      opened.add(leading.stop)
    },
  }
}
