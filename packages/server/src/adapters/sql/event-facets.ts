import type { RawEvent } from '../../stored-event.ts'

/** Whom an event happened to, as its issue counts people. */
export const userKey = ({ user }: RawEvent['payload']): string | undefined =>
  user?.id ?? user?.email ?? user?.username ?? user?.ip_address

/** What an event is counted under in its issue. */
export const tagsOf = ({ tags, level, environment, release }: RawEvent['payload']): [string, string][] =>
  Object.entries({ ...tags, level, environment, ...(release === undefined ? {} : { release }) })
