import type { TicketSystemJson } from '@foghorn/server'
import { Age } from '../ui/age.tsx'
import { ChangeFailure } from '../ui/change-failure.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { LabelledSelect } from '../ui/labelled-select.tsx'
import { Removal } from '../ui/removal.tsx'
import { hookOf, isKind, KINDS } from './system-kinds.ts'
import { useChangeSystem, useDisconnect, useTestSystem } from './tickets-query.ts'

interface SystemProps {
  org: string
  system: TicketSystemJson
}

/** One connected system: whether it works, what follows from what, and how it tells of changes. */
export const SystemCard = ({ org, system }: SystemProps) => {
  const { id, name, kind, summary, failures, problem } = system
  const trial = useTestSystem(org, id)
  const removal = useDisconnect(org, id)
  return (
    <>
      <h2 className="untrusted">{name}</h2>
      <p className="muted untrusted">
        {isKind(kind) ? KINDS[kind].name : kind} · {summary}
      </p>
      {failures > 0 && <p className="form-error untrusted">It does not answer as it should: {problem}</p>}
      <div className="ticket-actions">
        <button
          type="button"
          className="button button-small"
          aria-label={`Test ${name}`}
          aria-disabled={trial.isPending}
          onClick={() => !trial.isPending && trial.mutate()}
        >
          Test
        </button>
        <Removal action={`Remove ${name}`} shown="Remove" removal={removal}>
          <p>Its tickets stay where they are; issues forget them.</p>
        </Removal>
      </div>
      {trial.data && (
        <p role="status">
          {trial.data.status === 'done' ? 'It works' : 'It does not work'}:{' '}
          <span className="untrusted">{trial.data.answer}</span>
        </p>
      )}
      <ChangeFailure error={trial.error} />
      <details>
        <summary>What follows from what</summary>
        <ReactionsForm org={org} system={system} />
      </details>
      {hookOf(kind) !== undefined && (
        <details>
          <summary>Webhook</summary>
          <Hook org={org} system={system} />
        </details>
      )}
    </>
  )
}

const CHOICES = {
  resolved: {
    label: 'When an issue is resolved',
    options: [
      ['close', 'Comment and close the ticket'],
      ['comment', 'Comment only'],
      ['nothing', 'Do nothing'],
    ],
  },
  back: {
    label: 'When a resolved issue comes back',
    options: [
      ['reopen', 'Open the ticket again and comment'],
      ['comment', 'Comment only'],
      ['nothing', 'Do nothing'],
    ],
  },
  closed: {
    label: 'When a ticket is closed or opened again',
    options: [
      ['resolve', 'Resolve the issue, or open it again'],
      ['nothing', 'Do nothing'],
    ],
  },
} as const

const ReactionsForm = ({ org, system }: SystemProps) => {
  const change = useChangeSystem(org, system.id)
  return (
    <Form action="Save" done="Saved" onSubmit={(reactions) => change.mutate({ reactions })} sending={change}>
      {Object.entries(CHOICES).map(([name, { label, options }]) => (
        <LabelledSelect
          key={name}
          label={label}
          name={name}
          options={options}
          defaultValue={system.reactions[name as keyof typeof CHOICES]}
        />
      ))}
    </Form>
  )
}

const Hook = ({ org, system }: SystemProps) => {
  const { id, kind, hook } = system
  const change = useChangeSystem(org, id)
  return (
    <>
      <p>{hookOf(kind)}</p>
      <p>
        <code className="untrusted">{hook.url}</code>
      </p>
      <p className="muted">
        {hook.dateHeard === null ? (
          'Nothing has come yet: until then tickets are looked at every few minutes.'
        ) : (
          <>
            Last heard of <Age date={hook.dateHeard} />
          </>
        )}
      </p>
      <Form
        action="Save the secret"
        done="Saved"
        onSubmit={({ hookSecret = '' }) => change.mutate({ hookSecret })}
        sending={change}
      >
        <Field
          label={kind === 'linear' ? 'Signing secret' : 'Another secret'}
          name="hookSecret"
          type="password"
          autoComplete="off"
          required
          minLength={16}
        />
      </Form>
    </>
  )
}
