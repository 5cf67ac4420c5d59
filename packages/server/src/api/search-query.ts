import { LEVELS, type Level } from '@foghorn/protocol'
import type { IssueQuery, IssueStatus } from '../ports/issues.ts'

type Search = Pick<IssueQuery, 'status' | 'level' | 'release' | 'environment' | 'words'>

const STATUSES: readonly string[] = ['unresolved', 'resolved', 'ignored'] satisfies IssueStatus[]

/** `is:unresolved`, `release:"a b"`, `word` or `"two words"`. */
const TERM = /(?:(\w+):)?(?:"([^"]*)"|(\S+))/g

const MAX_CHARS = 1000

/** Reads the search text of the issue list. A term it does not know is a word to look for. */
export const parseSearch = (text: string): Search => {
  const search: Search = { words: [] }
  const words: string[] = []
  for (const [whole, key, quoted, plain] of text.slice(0, MAX_CHARS).matchAll(TERM)) {
    const value = quoted ?? plain ?? ''
    if (key === 'is' && STATUSES.includes(value)) search.status = value as IssueStatus
    else if (key === 'level' && (LEVELS as readonly string[]).includes(value)) search.level = value as Level
    else if (key === 'release') search.release = value
    else if (key === 'environment') search.environment = value
    else words.push(key === undefined ? value : whole.replaceAll('"', ''))
  }
  return { ...search, words }
}
