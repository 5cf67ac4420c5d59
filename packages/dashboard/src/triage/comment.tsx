import type { ActivityJson } from '@foghorn/server'
import { useState, type FormEvent } from 'react'
import type { IssueAddress } from '../issue/issue-query.ts'
import { useDeleteComment, useEditComment } from './triage-query.ts'

interface CommentProps {
  address: IssueAddress
  entry: ActivityJson
  /** Whether it may be changed and taken back. */
  isOwn: boolean
}

export const Comment = ({ address, entry, isOwn }: CommentProps) => {
  const [isEdited, setEdited] = useState(false)
  const text = String(entry.data.text ?? '')
  if (isEdited) return <EditForm address={address} id={entry.id} text={text} onEnd={() => setEdited(false)} />
  return (
    <div className="comment">
      <p className="comment-text untrusted">{text}</p>
      {isOwn && <OwnActions address={address} id={entry.id} onEdit={() => setEdited(true)} />}
    </div>
  )
}

const OwnActions = ({ address, id, onEdit }: { address: IssueAddress; id: string; onEdit: () => void }) => {
  const remove = useDeleteComment(address, id)
  return (
    <p className="comment-actions">
      <button type="button" className="button button-small" onClick={onEdit}>
        Change
      </button>
      <button
        type="button"
        className="button button-small"
        aria-disabled={remove.isPending}
        onClick={() => !remove.isPending && remove.mutate(undefined)}
      >
        Take back
      </button>
      {remove.error && <span role="alert">{remove.error.message}</span>}
    </p>
  )
}

interface EditFormProps {
  address: IssueAddress
  id: string
  text: string
  onEnd: () => void
}

const EditForm = ({ address, id, text, onEnd }: EditFormProps) => {
  const edit = useEditComment(address, id)
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const next = String(new FormData(event.currentTarget).get('text')).trim()
    if (next && !edit.isPending) edit.mutate(next, { onSuccess: onEnd })
  }
  return (
    <form className="comment-form" onSubmit={save}>
      <textarea name="text" rows={3} maxLength={20_000} aria-label="Comment" defaultValue={text} />
      <button type="submit" className="button button-small button-primary" aria-disabled={edit.isPending}>
        Save
      </button>
      <button type="button" className="button button-small" onClick={onEnd}>
        Leave it
      </button>
      {edit.error && (
        <p className="form-error" role="alert">
          {edit.error.message}
        </p>
      )}
    </form>
  )
}
