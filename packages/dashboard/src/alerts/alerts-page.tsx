import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
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
                  {told.length > 0 ? <RuleForm address={address} channels={told} /> : <NoChannel org={address.org} />}
                </>
              )}
            </Loaded>
          )}
        </Loaded>
      </section>
    </div>
  )
}

const NoChannel = ({ org }: { org: string }) => (
  <p>
    First say where people are told:{' '}
    <Link to="/organizations/$org/channels" params={{ org }}>
      add a channel
    </Link>
    .
  </p>
)
