import type { AcceptedRequest, Inbox, InboxItem, InboxReader } from '../../ports/inbox.ts'
import { openSqlite, type Sqlite } from './open-sqlite.ts'

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS inbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    remote_address TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    body BLOB NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL DEFAULT 0
  );
  CREATE TABLE IF NOT EXISTS dead_letter (
    id INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    remote_address TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    body BLOB NOT NULL,
    reason TEXT NOT NULL
  );`

const open = (file: string): Sqlite => {
  const db = openSqlite(file)
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
  const db = open(file)
  const insert = db.prepare(
    'INSERT INTO inbox (project_id, received_at, remote_address, user_agent, body) VALUES (?, ?, ?, ?, ?)',
  )
  const insertAll = db.transaction((group: Waiting[]) => {
    for (const { request } of group)
      insert.run([request.projectId, request.receivedAt, request.remoteAddress, request.userAgent, request.body])
  })
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

  return {
    add: (request) =>
      new Promise((resolve, reject) => {
        waiting.push({ request, resolve, reject })
        if (waiting.length === 1) setImmediate(commit)
      }),
    close: async () => {
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
  body: Uint8Array
  attempts: number
}

const toItem = (row: Row): InboxItem => ({
  id: row.id,
  projectId: row.project_id,
  receivedAt: row.received_at,
  remoteAddress: row.remote_address,
  userAgent: row.user_agent,
  body: row.body,
  attempts: row.attempts,
})

const placeholders = (ids: readonly number[]): string => ids.map(() => '?').join(', ')

const COLUMNS = 'id, project_id, received_at, remote_address, user_agent, body'

/** An item that was attempted before goes alone, so that one that kills the worker takes no others with it. */
const nextIds = (rows: readonly { id: number; attempts: number }[]): number[] => {
  const retried = rows.findIndex((row) => row.attempts > 0)
  const together = retried < 0 ? rows : rows.slice(0, Math.max(retried, 1))
  return together.map((row) => row.id)
}

export const sqliteInboxReader = (file: string): InboxReader => {
  const db = open(file)
  const due = db.prepare('SELECT id, attempts FROM inbox WHERE not_before <= ? ORDER BY id LIMIT ?')
  const bury = db.transaction((id: number, reason: string) => {
    db.prepare(`INSERT INTO dead_letter (${COLUMNS}, reason) SELECT ${COLUMNS}, ? FROM inbox WHERE id = ?`).run([
      reason,
      id,
    ])
    db.prepare('DELETE FROM inbox WHERE id = ?').run([id])
  })
  return {
    claim: (limit, now) => {
      const ids = nextIds(due.all([now, limit]) as unknown as { id: number; attempts: number }[])
      if (ids.length === 0) return []
      db.prepare(`UPDATE inbox SET attempts = attempts + 1 WHERE id IN (${placeholders(ids)})`).run(ids)
      const rows = db
        .prepare(`SELECT * FROM inbox WHERE id IN (${placeholders(ids)}) ORDER BY id`)
        .all(ids) as unknown as Row[]
      return rows.map(toItem)
    },
    remove: (ids) => {
      if (ids.length > 0) db.prepare(`DELETE FROM inbox WHERE id IN (${placeholders(ids)})`).run([...ids])
    },
    postpone: (id, until) => void db.prepare('UPDATE inbox SET not_before = ? WHERE id = ?').run([until, id]),
    bury: (id, reason) => void bury(id, reason),
    close: () => db.close(),
  }
}
