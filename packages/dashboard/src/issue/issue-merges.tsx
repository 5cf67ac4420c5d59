import type { MergePreviewJson, TransferJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { causeOf } from '../grouping/causes.ts'
import { Age } from '../ui/age.tsx'
import { announce } from '../ui/announcer.tsx'
import { Field } from '../ui/field.tsx'
import { formatCount } from '../ui/numbers.ts'
import type { IssueAddress } from './issue-query.ts'
import { previewQuery, readIssueId, transfersQuery, useMerge, useUndo } from './merge-query.ts'

/** What this issue was put together from, and a way to add to it. */
export const IssueMerges = ({ address }: { address: IssueAddress }) => {
  const transfers = useQuery(transfersQuery(address))
  return (
    <section className="merges">
      <h2 className="side-title">Merges</h2>
      <ul>
        {transfers.data?.map((transfer) => (
          <li key={transfer.id}>
            <Transfer address={address} transfer={transfer} />
          </li>
        ))}
      </ul>
      <MergeForm address={address} />
    </section>
  )
}

const Transfer = ({ address, transfer }: { address: IssueAddress; transfer: TransferJson }) => {
  const undo = useUndo(address)
  const isArrival = transfer.to === address.issueId
  return (
    <p>
      {isArrival ? 'Events came from ' : 'Events went to '}
      <Link
        to="/organizations/$org/issues/$issueId"
        params={{ org: address.org, issueId: isArrival ? transfer.from : transfer.to }}
      >
        issue {isArrival ? transfer.from : transfer.to}
      </Link>
      , {causeOf(transfer.cause)}, <Age date={transfer.date} />
      {isArrival && transfer.cause === 'merged' && transfer.undone === null && (
        <button
          type="button"
          className="button button-small"
          aria-disabled={undo.isPending}
          onClick={() => !undo.isPending && undo.mutate(transfer.id)}
        >
          Undo the merge
        </button>
      )}
      {transfer.undone !== null && <span className="muted"> (undone)</span>}
    </p>
  )
}

const MergeForm = ({ address }: { address: IssueAddress }) => {
  const [other, setOther] = useState<string>()
  const [error, setError] = useState<string>()
  const show = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const found = readIssueId(String(new FormData(event.currentTarget).get('other')))
    setOther(found)
    setError(found === undefined ? 'Paste the address of the other issue.' : undefined)
  }
  return (
    <form onSubmit={show}>
      <Field label="Merge with" name="other" hint="Address of another issue" errors={error ? [error] : undefined} />
      <button type="submit" className="button button-small">
        Preview
      </button>
      {other !== undefined && <Preview address={address} other={other} />}
    </form>
  )
}

const Preview = ({ address, other }: { address: IssueAddress; other: string }) => {
  const preview = useQuery(previewQuery(address, other))
  const merge = useMerge(address)
  const navigate = useNavigate()
  const confirm = () =>
    merge.mutate(other, {
      onSuccess: ({ merge: { parent } }) => {
        announce('Merged')
        void navigate({ to: '/organizations/$org/issues/$issueId', params: { org: address.org, issueId: parent } })
      },
    })
  const failure = preview.error ?? merge.error
  return (
    <div aria-live="polite">
      {preview.data && <PreviewList preview={preview.data} />}
      {preview.data && (
        <button
          type="button"
          className="button button-small button-primary"
          aria-disabled={merge.isPending}
          onClick={() => !merge.isPending && confirm()}
        >
          Merge {countEvents(preview.data.count)}
        </button>
      )}
      {failure && (
        <p className="form-error" role="alert">
          {failure.message}
        </p>
      )}
    </div>
  )
}

const countEvents = (count: number): string => `${formatCount(count)} ${count === 1 ? 'event' : 'events'}`

const PreviewList = ({ preview }: { preview: MergePreviewJson }) => (
  <ul>
    {preview.issues.map(({ id, shortId, title, culprit, count, groupedBy }) => (
      <li key={id}>
        <p>
          <strong>{shortId}</strong> {id === preview.parent ? '(goes on)' : '(joins it)'} · {countEvents(count)}
        </p>
        <p className="untrusted">{title}</p>
        <p className="muted untrusted">{culprit}</p>
        <p className="muted untrusted">Grouped by {groupedBy.join(' · ')}</p>
      </li>
    ))}
  </ul>
)
