import { setTimeout as wait } from 'node:timers/promises'
import type { Machine } from './network.ts'
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
/** A moment passes unnoticed, after a while others have given up whom they hear nothing of: the leader's lease is 15 s. */
const CUT_MS = { moment: 2000, while: 18_000 }

const endConnections = `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'foghorn%'`

/** Machines that hear nothing of the others any more, where they have a network that can be cut. */
const cutsOf = (name: string, machine: Machine | undefined): Fault[] =>
  machine === undefined
    ? []
    : Object.entries(CUT_MS).map(([duration, ms]) => ({
        name: `${name} is cut off from the network for a ${duration}`,
        happen: async () => {
          await machine.cut()
          await wait(ms)
          await machine.mend()
        },
      }))

/** All that may happen to an installation of several processes, each part alone. */
export const faultsOf = ({ members, nats, postgres, here }: Scaled): Fault[] => [
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
  { name: 'all connections to PostgreSQL are ended', happen: async () => void (await postgres.ask(endConnections)) },
  ...members.flatMap(({ name, machine }) => cutsOf(name, machine)),
  ...nats.flatMap(({ machine }, index) => cutsOf(`NATS server ${index + 1}`, machine)),
  ...cutsOf('PostgreSQL', here),
]
