import { findSuspects } from '../issues/hints/suspect-commit.ts'
import { ownPaths } from '../issues/origin.ts'
import type { EventStore } from '../ports/events.ts'
import type { HintFacts } from '../ports/hint-facts.ts'
import type { IssueStore } from '../ports/issues.ts'

export interface SuspectDeps {
  issues: Pick<IssueStore, 'find'>
  events: Pick<EventStore, 'newest'>
  hintFacts: Pick<HintFacts, 'appearance'>
}

/** The commit that is the first to be looked at, in one line; null when no commit touched what the stack leads through. */
export const suspectCommitOf = async (
  issueId: number,
  { issues, events, hintFacts }: SuspectDeps,
): Promise<string | null> => {
  const [issue, newest] = await Promise.all([issues.find(issueId), events.newest(issueId)])
  if (!issue || !newest) return null
  const release = await hintFacts.appearance(issue)
  const [suspect] = findSuspects(release?.commits ?? [], ownPaths(newest))
  if (!suspect) return null
  const { id, authorName, authorEmail, message } = suspect.commit
  const by = authorName ?? authorEmail
  return `${id.slice(0, 8)}${by ? ` by ${by}` : ''}${message ? `: ${message.split('\n', 1)[0]}` : ''}`
}
