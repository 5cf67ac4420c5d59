import type { DeadLetter, DeadLetters } from '../../ports/dead-letters.ts'
import { textsOf } from '../person-texts.ts'
import { openInbox } from './inbox.ts'

interface Row {
  id: number
  project_id: number
  received_at: number
  reason: string
  size: number
}

const toLetter = ({ id, project_id, received_at, reason, size }: Row): DeadLetter => ({
  id,
  projectId: project_id,
  receivedAt: received_at,
  reason,
  size,
})

const ORIGIN = 'project_id, received_at, remote_address, user_agent, body'

/** The dead letters of the inbox's file. */
export const sqliteDeadLetters = (file: string, onReplay: () => void): DeadLetters => {
  const db = openInbox(file)
  const remove = (projectId: number, id: number): boolean =>
    db.prepare('DELETE FROM dead_letter WHERE project_id = ? AND id = ?').run([projectId, id]).changes > 0
  const forget = db.prepare(
    'DELETE FROM dead_letter WHERE project_id = ? AND instr(lower(CAST(body AS TEXT)), lower(?)) > 0',
  )
  const countAll = db.prepare('SELECT count(*) AS letters FROM dead_letter')
  const putBack = db.transaction((projectId: number, id: number): boolean => {
    const { changes } = db
      .prepare(`INSERT INTO inbox (${ORIGIN}) SELECT ${ORIGIN} FROM dead_letter WHERE project_id = ? AND id = ?`)
      .run([projectId, id])
    return changes > 0 && remove(projectId, id)
  })
  return {
    list: async (projectId, limit) => {
      const rows = db
        .prepare(
          `SELECT id, project_id, received_at, reason, length(body) AS size FROM dead_letter
           WHERE project_id = ? ORDER BY id DESC LIMIT ?`,
        )
        .all([projectId, limit])
      return (rows as unknown as Row[]).map(toLetter)
    },
    after: async (id) => {
      // Numbers are never given twice, even when the letters are gone.
      const [row] = db.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'dead_letter'`).all([])
      const letters = db.prepare('SELECT id, project_id AS projectId FROM dead_letter WHERE id > ?').all([id])
      return {
        newest: Number(row?.['seq'] ?? 0),
        letters: letters as unknown as Pick<DeadLetter, 'id' | 'projectId'>[],
      }
    },
    body: async (projectId, id) => {
      const [row] = db.prepare('SELECT body FROM dead_letter WHERE project_id = ? AND id = ?').all([projectId, id])
      return row?.['body'] as Uint8Array | undefined
    },
    replay: async (projectId, id) => {
      const isBack = putBack(projectId, id)
      if (isBack) onReplay()
      return isBack
    },
    remove: async (projectId, id) => remove(projectId, id),
    forget: async (projectId, person) => {
      const texts = textsOf(person)
      return texts.reduce((sum, text) => sum + forget.run([projectId, text]).changes, 0)
    },
    count: async () => Number(countAll.all([])[0]!['letters']),
    close: async () => void db.close(),
  }
}
