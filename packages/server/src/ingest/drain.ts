import type { InboxItem, InboxReader } from '../ports/inbox.ts'
import { digest, type DigestDeps } from './digest.ts'
import { UnreadableEvent } from './normalise.ts'

export interface DrainDeps extends DigestDeps {
  inbox: InboxReader
  now: () => number
  /** Told of each failure: the item, the error, and whether it was set aside for good. */
  onFailure: (item: InboxItem, error: unknown, buried: boolean) => void
}

export const BATCH = 50

/** An item that failed so often goes to the dead letters. */
export const MAX_ATTEMPTS = 5

const FIRST_RETRY_MS = 1000

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500)

/** A time-out or a full disk may pass: wait longer each time. What cannot be read will never be. */
const setAside = (item: InboxItem, error: unknown, deps: DrainDeps): void => {
  const isFinal = error instanceof UnreadableEvent || item.attempts >= MAX_ATTEMPTS
  if (isFinal) deps.inbox.bury(item.id, describe(error))
  else deps.inbox.postpone(item.id, deps.now() + FIRST_RETRY_MS * 4 ** (item.attempts - 1))
  deps.onFailure(item, error, isFinal)
}

const digestAlone = async (item: InboxItem, deps: DrainDeps): Promise<void> => {
  try {
    await digest([item], deps)
    deps.inbox.remove([item.id])
  } catch (error) {
    setAside(item, error, deps)
  }
}

const isKiller = (item: InboxItem): boolean => item.attempts > MAX_ATTEMPTS

/**
 * Digests one batch of the inbox; false when there was nothing to do. Items leave the inbox only after the store has
 * committed, so that each is digested at least once. When a batch fails, its items are tried one by one.
 */
export const drain = async (deps: DrainDeps): Promise<boolean> => {
  const items = deps.inbox.claim(BATCH, deps.now())
  const [first] = items
  if (!first) return false
  if (isKiller(first)) {
    deps.inbox.bury(first.id, 'The worker stopped each time that it digested this item.')
    return true
  }
  try {
    await digest(items, deps)
    deps.inbox.remove(items.map((item) => item.id))
  } catch {
    for (const item of items) await digestAlone(item, deps)
  }
  return true
}
