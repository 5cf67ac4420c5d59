import type { ChannelJson } from '@foghorn/server'
import { useState, type FormEvent } from 'react'
import { TicketChoices, withTickets } from '../tickets/ticket-choices.tsx'
import { announce } from '../ui/announcer.tsx'
import { Field } from '../ui/field.tsx'
import { counted } from '../ui/numbers.ts'
import { Select } from '../ui/select.tsx'
import { useAddRule, useDryRun, type ProjectAddress } from './alerts-query.ts'
import { ChangeFailure } from '../ui/change-failure.tsx'
import { doesNothing, NOTHING_TO_DO, toRule, TRIGGERS, type Ask, type NewRule, type When } from './new-rule.ts'

const WHEN = Object.entries(TRIGGERS).map(([when, { name }]) => [when, name] as const)

const NARROWED = {
  environment: { label: 'Environment', placeholder: 'production', hint: '* stands for any characters' },
  owner: { label: 'Owner', placeholder: '#shop', hint: 'As rules of ownership name them' },
} as const

const NOUNS = { events: 'event', sessions: 'session', frames: 'frame', hours: 'hour' } as const

const Asked = ({ ask: { field, label, value, options } }: { ask: Ask }) =>
  options ? (
    <select className="select" name={field} aria-label={label} defaultValue={value}>
      {options.map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </select>
  ) : (
    <Field label={label} name={field} defaultValue={value} inputMode="decimal" />
  )

const readRule = (form: HTMLFormElement, when: When): NewRule => {
  const data = new FormData(form)
  const values = Object.fromEntries([...data].map(([name, value]) => [name, String(value).trim()]))
  const rule = toRule(when, values, data.getAll('channel').map(String))
  return withTickets(rule, data.getAll('ticket').map(String))
}

const ChannelChoices = ({ channels }: { channels: ChannelJson[] }) => (
  <fieldset className="choices">
    <legend>Tell</legend>
    {channels.map(({ id, name, kind }) => (
      <label key={id} className="check">
        <input type="checkbox" name="channel" value={id} /> <span className="untrusted">{name}</span>{' '}
        <span className="muted">({kind})</span>
      </label>
    ))}
  </fieldset>
)

/** A rule for what teams ask for most; files take all that rules can do. */
export const RuleForm = ({ address, channels }: { address: ProjectAddress; channels: ChannelJson[] }) => {
  const [when, setWhen] = useState<When>('new-issue')
  const [isIdle, setIdle] = useState(false)
  const add = useAddRule(address)
  const trial = useDryRun(address)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { submitter } = event.nativeEvent as SubmitEvent
    const rule = readRule(event.currentTarget, when)
    setIdle(doesNothing(rule))
    if (doesNothing(rule)) return
    if ((submitter as HTMLButtonElement | null)?.value === 'try') trial.mutate(rule)
    else add.mutate(rule, { onSuccess: () => announce('Rule added') })
  }
  return (
    <form className="form card" onSubmit={submit}>
      <Field label="Name" name="name" placeholder={TRIGGERS[when].name} maxLength={100} />
      <div className="matcher">
        <Select label="When" value={when} options={WHEN} onChange={(chosen) => setWhen(chosen as When)} />
        {TRIGGERS[when].asks.map((asked) => (
          <Asked key={`${when} ${asked.field}`} ask={asked} />
        ))}
      </div>
      <div className="matcher">
        {TRIGGERS[when].takes.map((on) => (
          <Field key={on} {...NARROWED[on]} name={on} />
        ))}
        <Field label="Tell again after minutes" name="everyMinutes" defaultValue="60" inputMode="numeric" />
      </div>
      {channels.length > 0 && <ChannelChoices channels={channels} />}
      <TicketChoices org={address.org} />
      {isIdle && (
        <p className="form-error" role="alert">
          {NOTHING_TO_DO}
        </p>
      )}
      <div className="rule-actions">
        <button type="submit" className="button" value="try" aria-disabled={trial.isPending}>
          Try it on the last week
        </button>
        <button type="submit" className="button button-primary" value="add" aria-disabled={add.isPending}>
          Add the rule
        </button>
      </div>
      {trial.data && (
        <p role="status">
          On {counted(trial.data.count, NOUNS[trial.data.of])} it would have told{' '}
          {counted(trial.data.alerts.length, 'time')}.
        </p>
      )}
      <ChangeFailure error={add.error ?? trial.error} />
    </form>
  )
}
