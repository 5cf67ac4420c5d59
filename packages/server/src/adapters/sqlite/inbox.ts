import { LIMITS } from '@foghorn/protocol'
import type { AcceptedRequest, Inbox, InboxItem, InboxReader } from '../../ports/inbox.ts'
import { IS_PACKED, isLong, packBody, unpackBody } from './packed-body.ts'
import { openSqlite, type Sqlite, type SqliteOptions } from './open-sqlite.ts'

// Attempts stand apart, because SQLite writes a row whole: counting one would write the body again.
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS inbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    remote_address TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    body BLOB NOT NULL
  );
  CREATE TABLE IF NOT EXISTS attempt (
    item_id INTEGER PRIMARY KEY,
    times INTEGER NOT NULL,
    not_before INTEGER NOT NULL DEFAULT 0
  );
  CREATE TABLE IF NOT EXISTS dead_letter (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    remote_address TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    body BLOB NOT NULL,
    reason TEXT NOT NULL
  );`

/** The file of the inbox and its dead letters. */
export const openInbox = (file: string, options: SqliteOptions = {}): Sqlite => {
  const db = openSqlite(file, options)
  db.exec(SCHEMA)
  return db
}

interface Waiting {
  request: AcceptedRequest
  resolve: () => void
  reject: (error: unknown) => void
}

/**
 * The inbox in a SQLite file of its own. Requests that arrive together are committed together:
 * the cost of waiting for the disk is shared, and each caller still hears back only after the commit.
 */
export const sqliteInbox = (file: string, onCommit: () => void): Inbox => {
  const db = openInbox(file)
  const insert = db.prepare(
    'INSERT INTO inbox (project_id, received_at, remote_address, user_agent, body) VALUES (?, ?, ?, ?, ?)',
  )
  const insertAll = db.transaction((group: Waiting[]) => {
    for (const { request } of group)
      insert.run([request.projectId, request.receivedAt, request.remoteAddress, request.userAgent, request.body])
  })
  // Counting rows would read them all; IDs are handed out in order, so their span bounds the number.
  const loadOf = db.prepare(`
    SELECT coalesce((SELECT max(id) FROM inbox) - (SELECT min(id) FROM inbox) + 1, 0) AS items,
      (page_count - freelist_count) * page_size AS bytes,
      (SELECT received_at FROM inbox ORDER BY id LIMIT 1) AS oldest
    FROM pragma_page_count, pragma_freelist_count, pragma_page_size`)
  const arrival = db.prepare('SELECT received_at FROM inbox ORDER BY id LIMIT 1 OFFSET ?')
  let waiting: Waiting[] = []

  const commit = (): void => {
    const group = waiting
    waiting = []
    if (group.length === 0) return
    try {
      insertAll(group)
    } catch (error) {
      for (const { reject } of group) reject(error)
      return
    }
    for (const { resolve } of group) resolve()
    onCommit()
  }

  const insertWithOthers = (request: AcceptedRequest): Promise<void> =>
    new Promise((resolve, reject) => {
      waiting.push({ request, resolve, reject })
      if (waiting.length === 1) setImmediate(commit)
    })

  const packing = new Set<Promise<unknown>>()
  const addPacked = async (request: AcceptedRequest): Promise<void> => {
    const packed = packBody(request.body)
    packing.add(packed)
    const added = packed.then((body) => insertWithOthers({ ...request, body }))
    await packed.finally(() => packing.delete(packed))
    return added
  }

  return {
    add: (request) => (isLong(request.body) ? addPacked(request) : insertWithOthers(request)),
    load: async () => {
      const [row] = loadOf.all([])
      const { items, bytes, oldest } = row!
      return { items: Number(items), bytes: Number(bytes), ...(oldest !== null && { oldest: Number(oldest) }) }
    },
    arrivalOf: async (place) => {
      const [row] = arrival.all([place - 1])
      return row && Number(row['received_at'])
    },
    close: async () => {
      await Promise.allSettled(packing)
      commit()
      db.close()
    },
  }
}

interface Row {
  id: number
  project_id: number
  received_at: number
  remote_address: string
  user_agent: string
  attempts: number
}

/** Bodies are read when they are asked for: those of a whole batch would be most of what the worker keeps in memory. */
const toItem = (row: Row, bodyOf: (id: number) => Uint8Array): InboxItem => ({
  id: row.id,
  projectId: row.project_id,
  receivedAt: row.received_at,
  remoteAddress: row.remote_address,
  userAgent: row.user_agent,
  get body() {
    return bodyOf(row.id)
  },
  attempts: row.attempts,
})

const placeholders = (ids: readonly number[]): string => ids.map(() => '?').join(', ')

const ORIGIN = 'project_id, received_at, remote_address, user_agent'

/** How much one claim may come to, apart from an item that is larger alone: a part of it stays in memory until it is stored. */
const CLAIMED_BYTES = 8 * 1024 * 1024

// Whoever knows a DSN can send what nobody can read: it must not fill the disk.
const DEAD_LETTERS_KEPT = 1000

interface DueRow {
  id: number
  times: number
  size: number
}

const fitting = (rows: readonly DueRow[]): DueRow[] => {
  let size = 0
  return rows.filter((row, index) => (size += row.size) <= CLAIMED_BYTES || index === 0)
}

/** An item that was attempted before goes alone, so that one that kills the worker takes no others with it. */
const nextIds = (rows: readonly DueRow[]): number[] => {
  const retried = rows.findIndex((row) => row.times > 0)
  const together = retried < 0 ? fitting(rows) : rows.slice(0, Math.max(retried, 1))
  return together.map((row) => row.id)
}

/** Items handed out twice because the power failed are stored once, so the worker's side does not wait for the disk. */
export const sqliteInboxReader = (file: string): InboxReader => {
  const db = openInbox(file, { survives: 'process' })
  const due = db.prepare(
    `SELECT id, coalesce(times, 0) AS times, CASE WHEN ${IS_PACKED} THEN ${LIMITS.body} ELSE length(body) END AS size FROM inbox LEFT JOIN attempt ON item_id = id
     WHERE coalesce(not_before, 0) <= ? ORDER BY id LIMIT ?`,
  )
  const body = db.prepare('SELECT body FROM inbox WHERE id = ?')
  // A buffer is searched for line ends natively.
  const bodyOf = (id: number): Uint8Array => {
    const bytes = unpackBody(body.all([id])[0]!['body'] as Uint8Array)
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
  const attempt = (ids: readonly number[]): void =>
    void db
      .prepare(
        `INSERT INTO attempt (item_id, times) VALUES ${ids.map(() => '(?, 1)').join(', ')}
         ON CONFLICT (item_id) DO UPDATE SET times = times + 1`,
      )
      .run(ids)
  const remove = db.transaction((ids: readonly number[]) => {
    db.prepare(`DELETE FROM inbox WHERE id IN (${placeholders(ids)})`).run(ids)
    db.prepare(`DELETE FROM attempt WHERE item_id IN (${placeholders(ids)})`).run(ids)
  })
  const keep = (id: number, reason: string, part?: Uint8Array): void => {
    db.prepare(`INSERT INTO dead_letter (${ORIGIN}, body, reason) SELECT ${ORIGIN}, ?, ? FROM inbox WHERE id = ?`).run([
      part ?? bodyOf(id),
      reason,
      id,
    ])
    db.prepare('DELETE FROM dead_letter WHERE id <= (SELECT max(id) FROM dead_letter) - ?').run([DEAD_LETTERS_KEPT])
  }
  const bury = db.transaction((id: number, reason: string) => {
    keep(id, reason)
    db.prepare('DELETE FROM inbox WHERE id = ?').run([id])
    db.prepare('DELETE FROM attempt WHERE item_id = ?').run([id])
  })
  return {
    comesAgainAfterMs: 0,
    claim: async (limit, now) => {
      const ids = nextIds(due.all([now, limit]) as unknown as DueRow[])
      if (ids.length === 0) return []
      attempt(ids)
      const rows = db
        .prepare(
          `SELECT id, ${ORIGIN}, times AS attempts FROM inbox JOIN attempt ON item_id = id
           WHERE id IN (${placeholders(ids)}) ORDER BY id`,
        )
        .all(ids) as unknown as Row[]
      return rows.map((row) => toItem(row, bodyOf))
    },
    remove: async (ids) => {
      if (ids.length > 0) remove(ids)
    },
    postpone: async (id, until) =>
      void db.prepare('UPDATE attempt SET not_before = ? WHERE item_id = ?').run([until, id]),
    bury: async (id, reason) => void bury(id, reason),
    buryPart: async (id, body, reason) => keep(id, reason, body),
    close: async () => void db.close(),
  }
}
