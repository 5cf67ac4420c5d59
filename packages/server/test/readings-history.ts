import type { Batch } from '../src/ports/events.ts'
import type { Measurement, SessionStatus } from '../src/ports/figures.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** One session or one value, as it stands. */
export interface Seen {
  kind: string
  minute: number
  environment: string
  isLate: boolean
  status?: SessionStatus
  value?: number
}

const BADNESS: SessionStatus[] = ['ok', 'errored', 'abnormal', 'crashed']

const isLate = (at: number, receivedAt: number): boolean => receivedAt - at > DAY

/** Values are kept in buckets; a quantile of them is one of their middles. */
const middle = (value: number): number =>
  value < 0.001 ? 0 : 0.001 * 1.05 ** (Math.floor(Math.log(value / 0.001) / Math.log(1.05)) + 0.5)

/** All that was ever stored, one by one, as a plain list would keep it. */
export const historyOf = () => {
  const sessions = new Map<string, Seen>()
  const others: Seen[] = []
  const known = new Map<string, { minute: number; startedAt: number; environment: string; badness: number }>()
  const addSession = (told: NonNullable<Batch['sessions']>[number]): void => {
    const { sessionId, receivedAt, environment, status } = told
    // A clock that has jumped dates it anew; it began when it was first told of.
    const startedAt = known.get(sessionId)?.startedAt ?? told.startedAt
    const badness = Math.max(known.get(sessionId)?.badness ?? 0, BADNESS.indexOf(status))
    const one = { minute: Math.floor(startedAt / MINUTE), environment }
    known.set(sessionId, { ...one, startedAt, badness })
    // What is told a day late changes nothing.
    if (!isLate(startedAt, receivedAt))
      sessions.set(sessionId, { ...one, kind: 'session', isLate: false, status: BADNESS[badness]! })
  }
  const addValue = ({ name: kind, at, receivedAt, environment, value }: Measurement): void =>
    void others.push({
      kind,
      minute: Math.floor(at / MINUTE),
      environment,
      isLate: isLate(at, receivedAt),
      value: middle(value),
    })
  return {
    add: ({ sessions: told = [], sessionCounts = [], measurements = [] }: Batch): void => {
      for (const session of told) addSession(session)
      for (const { startedAt: at, receivedAt, environment, status, quantity } of sessionCounts)
        for (let index = 0; index < quantity; index += 1)
          others.push({
            kind: 'session',
            minute: Math.floor(at / MINUTE),
            environment,
            isLate: isLate(at, receivedAt),
            status,
          })
      for (const measurement of measurements) addValue(measurement)
    },
    all: (): Seen[] => [...sessions.values(), ...others],
  }
}
