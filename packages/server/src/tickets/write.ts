import { counted } from '../alerts/message.ts'
import type { EventStore } from '../ports/events.ts'
import type { Issue, IssueStore } from '../ports/issues.ts'
import type { TicketTask } from '../ports/ticket-work.ts'
import { facts, stackOf, text, titleOf, type Block } from './draft.ts'
import type { TicketComment, TicketDraft } from './ticket-system.ts'

export interface WritingDeps {
  issues: Pick<IssueStore, 'find'>
  events: Pick<EventStore, 'newest'>
  /** The commit that is suspected of an issue, in one line. */
  suspectCommitOf: (issueId: number) => Promise<string | null>
  publicUrl: () => string
}

const linkTo = (issue: Issue, org: string, { publicUrl }: WritingDeps): Block => ({
  type: 'link',
  text: `Open ${issue.shortId} in Foghorn`,
  url: `${publicUrl()}/organizations/${org}/issues/${issue.id}`,
})

const seen = (issue: Issue): string => `${counted(issue.eventCount, 'event')}, ${counted(issue.userCount, 'user')}`

const day = (time: number): string => new Date(time).toISOString().slice(0, 16).replace('T', ' ')

/** What a ticket says of an issue; undefined when the issue is gone. */
export const draftOf = async (
  { ticket: { issueId, marker }, data, org }: TicketTask,
  deps: WritingDeps,
): Promise<TicketDraft | undefined> => {
  const [issue, newest] = await Promise.all([deps.issues.find(issueId), deps.events.newest(issueId)])
  if (!issue) return undefined
  const body = [
    ...(data.why === undefined ? [] : [text(data.why)]),
    facts([
      ['Issue', issue.shortId],
      ['Where', issue.culprit],
      ['Seen', seen(issue)],
      ['First seen', `${day(issue.firstSeen)} UTC`],
      ['Last seen', `${day(issue.lastSeen)} UTC`],
      ['Release', issue.lastRelease],
      ['Environment', newest?.payload.environment ?? null],
      ['Suspect commit', await deps.suspectCommitOf(issueId)],
    ]),
    ...stackOf(newest),
    linkTo(issue, org, deps),
  ]
  return { marker, title: titleOf(issue.title) || issue.shortId, body }
}

const wordsOf = ({ shortId }: Issue, { event, release, note }: TicketTask['data']): string => {
  const where = release ? ` in release ${release}` : ''
  const why = note ? `: ${note}` : ''
  return event === 'back' ? `${shortId} came back${where}` : `${shortId} was resolved${where}${why}`
}

/** What is said about a ticket's issue; undefined when the issue is gone. */
export const commentOf = async (
  { id, ticket: { issueId }, data, org }: TicketTask,
  deps: WritingDeps,
): Promise<TicketComment | undefined> => {
  const issue = await deps.issues.find(issueId)
  if (!issue) return undefined
  const body = [text(wordsOf(issue, data)), facts([['Seen', seen(issue)]]), linkTo(issue, org, deps)]
  return { id: `ticket-comment-${id}`, body }
}
