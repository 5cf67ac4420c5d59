import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ChannelJson } from '@foghorn/server'
import type { ProjectAddress } from '../projects/address.ts'
import { systemsQuery } from '../tickets/tickets-query.ts'
import { Loaded } from '../ui/states.tsx'
import { AlertHistory } from './alert-history.tsx'
import { channelsQuery, rulesQuery } from './alerts-query.ts'
import { RuleForm } from './rule-form.tsx'
import { RuleList } from './rule-list.tsx'
import './alerts.css'

const route = getRouteApi('/signed-in/organizations/$org/projects/$project/alerts')

/** Of what about a project people are told, and what they were told. */
export const AlertsPage = () => {
  const address = route.useParams()
  const rules = useQuery(rulesQuery(address))
  const channels = useQuery(channelsQuery(address.org))
  return (
    <div className="page page-medium">
      <title>{`Alerts of ${address.project} · Foghorn`}</title>
      <p className="trail">
        <Link to="/organizations/$org/projects" params={{ org: address.org }}>
          Projects
        </Link>
        <Link to="/organizations/$org/channels" params={{ org: address.org }}>
          Channels
        </Link>
      </p>
      <h1>Alerts of {address.project}</h1>
      <section className="step">
        <h2>What has fired</h2>
        <AlertHistory address={address} />
      </section>
      <section className="step">
        <h2>Rules</h2>
        <Loaded query={channels} lines={4} label="Loading channels">
          {(told) => (
            <Loaded query={rules} lines={4} label="Loading rules">
              {(found) => (
                <>
                  <RuleList address={address} rules={found} channels={told} />
                  <h3>Another rule</h3>
                  <AnotherRule address={address} channels={told} />
                </>
              )}
            </Loaded>
          )}
        </Loaded>
      </section>
    </div>
  )
}

/** A rule needs something to do: somebody to tell, or a ticket to make. */
const AnotherRule = ({ address, channels }: { address: ProjectAddress; channels: ChannelJson[] }) => {
  const systems = useQuery(systemsQuery(address.org))
  if (channels.length > 0) return <RuleForm address={address} channels={channels} />
  return (
    <Loaded query={systems} lines={4} label="Loading ticket systems">
      {(connected) =>
        connected.length > 0 ? <RuleForm address={address} channels={[]} /> : <NothingToDo org={address.org} />
      }
    </Loaded>
  )
}

const NothingToDo = ({ org }: { org: string }) => (
  <p>
    First{' '}
    <Link to="/organizations/$org/channels" params={{ org }}>
      add a channel
    </Link>{' '}
    where people are told, or{' '}
    <Link to="/organizations/$org/ticket-systems" params={{ org }}>
      connect a ticket system
    </Link>{' '}
    that gets tickets.
  </p>
)
