import { existsSync } from 'node:fs'
import type { Person } from '../../ports/personal-data.ts'
import { openInbox } from './inbox.ts'

/** How a person stands in an envelope's text. An ID is looked for as a whole value: `42` is in everything. */
const textsOf = ({ id, email, ip }: Person): string[] => [
  ...(id ? [JSON.stringify(id)] : []),
  ...(email ? [email.toLowerCase()] : []),
  ...(ip ? [ip] : []),
]

/** Deletes a project's dead letters that name a person; tells how many. */
export const forgetDeadLetters = (file: string, projectId: number, person: Person): number => {
  if (!existsSync(file)) return 0
  const db = openInbox(file)
  const remove = db.prepare(
    'DELETE FROM dead_letter WHERE project_id = ? AND instr(lower(CAST(body AS TEXT)), lower(?)) > 0',
  )
  try {
    return textsOf(person).reduce((sum, text) => sum + remove.run([projectId, text]).changes, 0)
  } finally {
    db.close()
  }
}
