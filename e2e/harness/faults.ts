import { setTimeout as wait } from 'node:timers/promises'
import type { Scaled } from './scaled.ts'

export interface Fault {
  name: string
  /** Does harm, and mends it: afterwards everything runs again, or is about to. */
  happen(): Promise<void>
}

/** The same numbers in each run: mulberry32. */
export const seeded = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** Longer than NATS waits for a word of a worker: what it has in hand goes to another one while it still means to do it. */
const HALTED_MS = 12_000
const AWAY_MS = 1000

const cutDatabase = `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'foghorn%'`

/** All that may happen to an installation of several processes, each part alone. */
export const faultsOf = ({ members, nats, postgres }: Scaled): Fault[] => [
  ...members.map(({ name, service }) => ({
    name: `${name} is killed`,
    happen: async () => {
      await service.kill()
      await service.start()
    },
  })),
  ...members.map(({ name, service }) => ({
    name: `${name} is halted for a while`,
    happen: async () => {
      service.halt()
      await wait(HALTED_MS)
      service.resume()
    },
  })),
  ...nats.map((server, index) => ({
    name: `NATS server ${index + 1} is killed`,
    happen: async () => {
      await server.kill()
      await wait(AWAY_MS)
      await server.start()
    },
  })),
  {
    name: 'PostgreSQL is restarted',
    happen: async () => {
      await postgres.stop()
      await postgres.start()
    },
  },
  { name: 'all connections to PostgreSQL are cut', happen: async () => void (await postgres.ask(cutDatabase)) },
]
