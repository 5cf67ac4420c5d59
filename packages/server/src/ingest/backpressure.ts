import { statfs } from 'node:fs/promises'
import type { Inbox } from '../ports/inbox.ts'
import { refuse, type Refusal } from './refusal.ts'

/** How much may wait to be digested before the door closes, and how much disk must stay free. */
export const PRESSURE_LIMITS = {
  items: 1_000_000,
  bytes: 4 * 1024 ** 3,
  freeBytes: 128 * 1024 ** 2,
} as const

const LOOK_EVERY_MS = 1000
const COME_BACK_SECONDS = 30

export interface Pressure {
  items: number
  bytes: number
  freeBytes: number
}

export type Backpressure = () => Promise<Refusal | undefined>

/** Free bytes of the file system that holds the folder. */
export const freeBytesOf = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

const everything = (reason: string) => [
  { seconds: COME_BACK_SECONDS, categories: [], scope: 'organization', reason } as const,
]

const judge = ({ items, bytes, freeBytes }: Pressure): Refusal | undefined => {
  if (freeBytes < PRESSURE_LIMITS.freeBytes)
    return refuse(
      503,
      'The disk of the service is nearly full. Free some space, or shorten retention.',
      everything('disk'),
    )
  if (items > PRESSURE_LIMITS.items || bytes > PRESSURE_LIMITS.bytes)
    return refuse(429, 'More came in than could be digested so far. Try again later.', everything('backlog'))
  return undefined
}

/** Says no while too much waits or the disk is nearly full. Looks at most once a second. */
export const createBackpressure = (
  inbox: Pick<Inbox, 'load'>,
  freeBytes: () => Promise<number>,
  now: () => number,
): Backpressure => {
  let verdict: Promise<Refusal | undefined> = Promise.resolve(undefined)
  let lookedAt = -Infinity
  const look = async (): Promise<Refusal | undefined> => {
    const load = await inbox.load().catch(() => undefined)
    return load
      ? judge({ ...load, freeBytes: await freeBytes() })
      : refuse(503, 'The inbox of the service does not answer. Try again later.', everything('inbox'))
  }
  return () => {
    if (now() - lookedAt >= LOOK_EVERY_MS) {
      lookedAt = now()
      verdict = look()
    }
    return verdict
  }
}
