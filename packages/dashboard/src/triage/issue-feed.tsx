import type { IssueDetailsJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import type { IssueAddress } from '../issue/issue-query.ts'
import { Section } from '../issue/section.tsx'
import { sessionQuery } from '../session/session.ts'
import { Age } from '../ui/age.tsx'
import { whoDid } from './actor.ts'
import { Comment } from './comment.tsx'
import { sentenceOf } from './entries.ts'
import { membersQuery, teamsQuery, useComment } from './triage-query.ts'

const useNames = (org: string): ReadonlyMap<string, string> => {
  const members = useQuery(membersQuery(org))
  const teams = useQuery(teamsQuery(org))
  return new Map([
    ...(members.data ?? []).map(({ id, name, email }) => [`user:${id}`, name || email] as const),
    ...(teams.data ?? []).map(({ id, slug }) => [`team:${id}`, `#${slug}`] as const),
  ])
}

/** What people say about the issue and what happened to it, newest first. */
export const IssueFeed = ({ address, issue }: { address: IssueAddress; issue: IssueDetailsJson }) => {
  const names = useNames(address.org)
  const { data: session } = useQuery(sessionQuery)
  return (
    <Section title="Comments and history">
      <CommentForm address={address} />
      <ol className="feed">
        {issue.activity.map((entry) => (
          <li key={entry.id}>
            <p className="untrusted">
              <strong>{whoDid(entry)}</strong>{' '}
              {entry.type === 'note'
                ? entry.data.edited
                  ? 'wrote (changed later)'
                  : 'wrote'
                : sentenceOf(entry, names)}{' '}
              <span className="muted">
                <Age date={entry.dateCreated} />
              </span>
            </p>
            {entry.type === 'note' && (
              <Comment address={address} entry={entry} isOwn={entry.user?.email === session?.user?.email} />
            )}
          </li>
        ))}
      </ol>
    </Section>
  )
}

const CommentForm = ({ address }: { address: IssueAddress }) => {
  const comment = useComment(address)
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const text = String(new FormData(form).get('text')).trim()
    if (text && !comment.isPending) comment.mutate(text, { onSuccess: () => form.reset() })
  }
  return (
    <form className="comment-form" onSubmit={send}>
      <textarea
        name="text"
        rows={3}
        maxLength={20_000}
        aria-label="Comment"
        placeholder="Comment; @name and #team speak to somebody"
      />
      <button type="submit" className="button" aria-disabled={comment.isPending}>
        Comment
      </button>
      {comment.error && (
        <p className="form-error" role="alert">
          Not sent. {comment.error.message}
        </p>
      )}
    </form>
  )
}
