import type { AlertRuleJson, ChannelJson } from '@foghorn/server'
import { useMute, useRemoveRule, type ProjectAddress } from './alerts-query.ts'
import { ChangeFailure } from '../ui/change-failure.tsx'
import { describeTrigger } from './describe-trigger.ts'

const DAY_MS = 24 * 3_600_000

interface RuleListProps {
  address: ProjectAddress
  rules: AlertRuleJson[]
  channels: ChannelJson[]
}

/** The project's rules, and whom each tells. */
export const RuleList = ({ address, rules, channels }: RuleListProps) => {
  const names = new Map(channels.map(({ id, name }) => [Number(id), name]))
  if (rules.length === 0) return <p className="muted">Nobody is told of anything yet.</p>
  return (
    <ul className="alert-list">
      {rules.map((rule) => (
        <li key={rule.id} className="card">
          <h3 className="untrusted">{rule.name}</h3>
          <p>
            {describeTrigger(rule.trigger)}
            {rule.conditions.map(({ on, tag, pattern, negated }) => (
              <span key={`${on}${tag}${pattern}`} className="muted untrusted">
                {' '}
                · {tag ?? on} {negated ? 'is not' : 'is'} like {pattern}
              </span>
            ))}
          </p>
          <p className="muted untrusted">{outcomeOf(rule, names)}</p>
          <RuleActions address={address} rule={rule} />
        </li>
      ))}
    </ul>
  )
}

const outcomeOf = ({ steps }: AlertRuleJson, names: ReadonlyMap<number, string>): string => {
  const told = steps.flatMap(({ channels }) => channels.map((id) => names.get(id) ?? 'a deleted channel'))
  const makesTicket = steps.some(({ tickets = [] }) => tickets.length > 0)
  return [told.length > 0 && `Tells ${told.join(', ')}`, makesTicket && 'Makes a ticket'].filter(Boolean).join(' · ')
}

const RuleActions = ({ address, rule: { id, name, mutedUntil } }: { address: ProjectAddress; rule: AlertRuleJson }) => {
  const mute = useMute(address)
  const removal = useRemoveRule(address)
  const isMuted = mutedUntil !== null && Date.parse(mutedUntil) > Date.now()
  const toggle = () => mute.mutate({ id, until: isMuted ? null : new Date(Date.now() + DAY_MS).toISOString() })
  return (
    <div className="rule-actions">
      <button type="button" className="button button-small" aria-pressed={isMuted} onClick={toggle}>
        Mute for a day
      </button>
      <button
        type="button"
        className="button button-small"
        aria-label={`Remove ${name}`}
        onClick={() => removal.mutate(id)}
      >
        Remove
      </button>
      <ChangeFailure error={mute.error ?? removal.error} />
    </div>
  )
}
