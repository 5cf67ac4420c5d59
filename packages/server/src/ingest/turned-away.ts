import { formatEnvelope } from '@foghorn/protocol'
import type { Inbox } from '../ports/inbox.ts'

export interface TurnedAway {
  category: string
  reason: string
  quantity: number
}

export interface TurnedAwayCounter {
  count(projectId: number, turnedAway: TurnedAway): void
  /** Writes down what was counted. */
  flush(): Promise<void>
}

const FLUSH_AFTER_MS = 5000

const encoder = new TextEncoder()

const reportOf = (counts: readonly TurnedAway[]): Uint8Array =>
  formatEnvelope({
    headers: {},
    items: [
      {
        headers: { type: 'client_report' },
        payload: encoder.encode(JSON.stringify({ rate_limited_events: counts, discarded_events: [] })),
      },
    ],
  })

/**
 * Counts what the door did not let in. It goes into the inbox as a report, the way relays report theirs, so that all is
 * counted in one place and the door never waits for the main store.
 */
export const createTurnedAwayCounter = (inbox: Pick<Inbox, 'add'>, now: () => number): TurnedAwayCounter => {
  let counts = new Map<number, Map<string, TurnedAway>>()
  let timer: NodeJS.Timeout | undefined
  const flush = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const counted = counts
    counts = new Map()
    for (const [projectId, reasons] of counted) {
      const body = reportOf([...reasons.values()])
      await inbox.add({ projectId, receivedAt: now(), remoteAddress: '', userAgent: '', body })
    }
  }
  return {
    count: (projectId, { category, reason, quantity }) => {
      const reasons = counts.get(projectId) ?? new Map<string, TurnedAway>()
      const key = `${category} ${reason}`
      reasons.set(key, { category, reason, quantity: (reasons.get(key)?.quantity ?? 0) + quantity })
      counts.set(projectId, reasons)
      // A count that cannot be written is lost with the disk that could not take the events either.
      timer ??= setTimeout(() => void flush().catch(() => undefined), FLUSH_AFTER_MS).unref()
    },
    flush,
  }
}
