import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { OrganizationSettings } from '../organization/organization-settings.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { SystemCard } from './system-card.tsx'
import { SystemForm } from './system-form.tsx'
import { systemsQuery } from './tickets-query.ts'
import './tickets.css'

const route = getRouteApi('/signed-in/organizations/$org/ticket-systems')

/** Where an organization's tickets are kept. */
export const TicketSystemsPage = () => {
  const { org } = route.useParams()
  const systems = useQuery(systemsQuery(org))
  return (
    <OrganizationSettings org={org} title="Ticket systems">
      <Loaded query={systems} lines={4} label="Loading ticket systems">
        {(found) =>
          found.length === 0 ? (
            <Empty title="No ticket system is connected yet">
              <p>
                Issues get tickets in GitHub, GitLab, Jira, Linear or a program of yours, and both follow each other.
              </p>
            </Empty>
          ) : (
            <ul className="ticket-systems">
              {found.map((system) => (
                <li key={system.id} className="card">
                  <SystemCard org={org} system={system} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <section className="step">
        <h2>Connect another</h2>
        <SystemForm org={org} />
      </section>
    </OrganizationSettings>
  )
}
