import type { TicketJson, TicketSystemJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import type { IssueAddress } from '../issue/issue-query.ts'
import { ChangeFailure } from '../ui/change-failure.tsx'
import { Field } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import { systemsQuery, ticketsQuery, useAddTicket, useUnlink } from './tickets-query.ts'
import './tickets.css'

/** What the issue has in ticket systems, and ways to more. */
export const IssueTickets = ({ address }: { address: IssueAddress }) => {
  const { data: tickets = [] } = useQuery(ticketsQuery(address))
  const { data: systems } = useQuery(systemsQuery(address.org))
  const taken = new Set(tickets.filter(({ state }) => state !== 'refused').map(({ system }) => system.id))
  const free = systems?.filter(({ id }) => !taken.has(id)) ?? []
  return (
    <section className="tickets">
      <h2 className="side-title">Tickets</h2>
      <ul aria-live="polite">
        {tickets.map((ticket) => (
          <li key={ticket.id}>
            <Ticket address={address} ticket={ticket} />
          </li>
        ))}
      </ul>
      {free.length > 0 && <AddTicket address={address} systems={free} />}
      {systems?.length === 0 && (
        <p className="muted">
          <Link to="/organizations/$org/ticket-systems" params={{ org: address.org }}>
            Connect a ticket system
          </Link>
        </p>
      )}
    </section>
  )
}

const STATES = {
  wanted: { name: 'being made', badge: '' },
  open: { name: 'open', badge: 'badge-unresolved' },
  closed: { name: 'closed', badge: 'badge-resolved' },
  gone: { name: 'was deleted there', badge: '' },
  refused: { name: 'not made', badge: '' },
} as const

const Ticket = ({ address, ticket }: { address: IssueAddress; ticket: TicketJson }) => {
  const { system, key, url, title, state, problem } = ticket
  const unlink = useUnlink(address, ticket.id)
  const { name, badge } = STATES[state]
  return (
    <>
      <p className="ticket-line">
        {url === null ? (
          <strong className="untrusted">{system.name}</strong>
        ) : (
          <a href={url} target="_blank" rel="noopener noreferrer" className="untrusted">
            {system.name} {key}
          </a>
        )}
        <span className={`badge ${badge}`}>{name}</span>
      </p>
      {title !== '' && <p className="muted untrusted">{title}</p>}
      {problem !== null && <p className="form-error untrusted">{problem}</p>}
      <button
        type="button"
        className="button button-small"
        aria-label={`Unlink the ticket ${key ?? ''} of ${system.name}`}
        aria-disabled={unlink.isPending}
        onClick={() => !unlink.isPending && unlink.mutate()}
      >
        Unlink
      </button>
      <ChangeFailure error={unlink.error} />
    </>
  )
}

const AddTicket = ({ address, systems }: { address: IssueAddress; systems: TicketSystemJson[] }) => {
  const [chosen, setChosen] = useState('')
  const add = useAddTicket(address)
  const system = systems.find(({ id }) => id === chosen) ?? systems[0]!
  const link = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const ticket = String(new FormData(form).get('ticket')).trim()
    if (ticket !== '' && !add.isPending) add.mutate({ system: system.id, ticket }, { onSuccess: () => form.reset() })
  }
  return (
    <>
      {systems.length > 1 && (
        <Select
          label="Ticket system"
          value={system.id}
          options={systems.map(({ id, name }) => [id, name] as const)}
          onChange={setChosen}
        />
      )}
      <button
        type="button"
        className="button button-small"
        aria-disabled={add.isPending}
        onClick={() => !add.isPending && add.mutate({ system: system.id })}
      >
        Create a ticket in {system.name}
      </button>
      <form className="ticket-link" onSubmit={link}>
        <Field label="or link one" name="ticket" placeholder="Key or address" autoComplete="off" />
        <button type="submit" className="button button-small" aria-disabled={add.isPending}>
          Link
        </button>
      </form>
      <ChangeFailure error={add.error} />
    </>
  )
}
