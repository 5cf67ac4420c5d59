import { useQuery } from '@tanstack/react-query'
import { systemsQuery } from './tickets-query.ts'

/** Ticket systems to tick in the form of a rule; nothing where none is connected. */
export const TicketChoices = ({ org }: { org: string }) => {
  const { data: systems = [] } = useQuery(systemsQuery(org))
  if (systems.length === 0) return null
  return (
    <fieldset className="choices">
      <legend>Make a ticket in</legend>
      {systems.map(({ id, name, summary }) => (
        <label key={id} className="check">
          <input type="checkbox" name="ticket" value={id} /> <span className="untrusted">{name}</span>{' '}
          <span className="muted untrusted">({summary})</span>
        </label>
      ))}
    </fieldset>
  )
}

interface Steps {
  steps: { afterMinutes: number; channels: number[]; tickets?: number[] | undefined }[]
}

/** The rule with the ticket systems that were ticked, in its first step. */
export const withTickets = <Rule extends Steps>(rule: Rule, tickets: readonly string[]): Rule => {
  if (tickets.length === 0) return rule
  const [first, ...others] = rule.steps
  return { ...rule, steps: [{ ...first!, tickets: tickets.map(Number) }, ...others] }
}
