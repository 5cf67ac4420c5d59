import { formatEnvelope, parseEnvelope } from '@foghorn/protocol'
import type { OutcomeReport } from '../ports/events.ts'
import type { InboxItem, InboxReader } from '../ports/inbox.ts'
import { categoryOf } from './categories.ts'
import { digest, type DigestDeps } from './digest.ts'
import { counted } from './digested.ts'
import { UnreadableEvent } from './normalise.ts'
import { withoutSecrets } from './secrets/without-secrets.ts'

export interface DrainDeps extends Omit<DigestDeps, 'setAside'> {
  inbox: InboxReader
  now: () => number
  /** Told of each failure: the item, the error, and whether it was set aside for good. */
  onFailure: (item: InboxItem, error: unknown, buried: boolean) => void
}

// The more events a transaction has, the fewer rows of issues it writes for each of them, and the fewer waits for the disk.
// Twice as many save another twentieth and take 60 MB more (checked 2026-11).
export const BATCH = 200

/** An item that failed so often goes to the dead letters. */
export const MAX_ATTEMPTS = 5

const FIRST_RETRY_MS = 1000

const NEWLINE = 0x0a

const describe = (error: unknown): string =>
  withoutSecrets(error instanceof Error ? error.message : String(error)).slice(0, 500)

/** Every part counts on its own, as it would have if it had been stored; a client's report is none. */
const failedParts = (item: InboxItem): OutcomeReport[] => {
  const parsed = parseEnvelope(item.body)
  const types = parsed.ok ? parsed.envelope.items.map(({ headers }) => headers.type) : ['event']
  return types
    .filter((type) => type !== 'client_report')
    .map((type) => counted(item, { category: categoryOf(type), outcome: 'failed', reason: 'dead_letter' }))
}

/** That the count is lost with a broken disk must not hold up the rest. */
const countFailed = (item: InboxItem, deps: DrainDeps): Promise<unknown> =>
  deps.events.store({ reports: failedParts(item) }).catch((error: unknown) => deps.onFailure(item, error, false))

const bury = async (item: InboxItem, reason: string, deps: DrainDeps): Promise<void> => {
  await countFailed(item, deps)
  await deps.inbox.bury(item.id, reason)
}

/** A time-out or a full disk may pass: wait longer each time. What cannot be read will never be. */
const setAside = async (item: InboxItem, error: unknown, deps: DrainDeps): Promise<void> => {
  const isFinal = error instanceof UnreadableEvent || item.attempts >= MAX_ATTEMPTS
  if (isFinal) await bury(item, describe(error), deps)
  else await deps.inbox.postpone(item.id, deps.now() + FIRST_RETRY_MS * 4 ** (item.attempts - 1))
  deps.onFailure(item, error, isFinal)
}

/** Keeps a part that cannot be read as a dead letter of its own: an envelope of the same headers with that part alone. */
const settingPartsAside =
  (deps: DrainDeps): DigestDeps['setAside'] =>
  async (item, part, error) => {
    const newline = item.body.indexOf(NEWLINE)
    const head = item.body.subarray(0, newline + 1)
    const alone = formatEnvelope({ headers: {}, items: [part] })
    const body = Buffer.concat([head, alone.subarray(alone.indexOf(NEWLINE) + 1)])
    await deps.inbox.buryPart(item.id, body, describe(error))
    deps.onFailure(item, error, true)
  }

const digestAlone = async (item: InboxItem, deps: DrainDeps): Promise<void> => {
  try {
    await digest([item], { ...deps, setAside: settingPartsAside(deps) })
    await deps.inbox.remove([item.id])
  } catch (error) {
    await setAside(item, error, deps)
  }
}

const isKiller = (item: InboxItem): boolean => item.attempts > MAX_ATTEMPTS

/**
 * Digests one batch of the inbox; false when there was nothing to do. Items leave the inbox only after the store has
 * committed, so that each is digested at least once. When a batch fails, its items are tried one by one.
 */
export const drain = async (deps: DrainDeps): Promise<boolean> => {
  const items = await deps.inbox.claim(BATCH, deps.now())
  const [first] = items
  if (!first) return false
  if (isKiller(first)) {
    await bury(first, 'The worker stopped each time that it digested this item.', deps)
    return true
  }
  try {
    await digest(items, { ...deps, setAside: settingPartsAside(deps) })
    await deps.inbox.remove(items.map((item) => item.id))
  } catch {
    for (const item of items) await digestAlone(item, deps)
  }
  return true
}
