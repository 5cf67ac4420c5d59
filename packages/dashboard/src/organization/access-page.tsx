import type { OrganizationJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { signOnQuery } from '../session/sign-on.tsx'
import { ChangeFailure } from '../ui/change-failure.tsx'
import { LiveCheck } from '../ui/live-check.tsx'
import { Loaded } from '../ui/states.tsx'
import { organizationQuery, useOpen } from './organization-query.ts'
import { OrganizationSettings } from './organization-settings.tsx'

const route = getRouteApi('/signed-in/organizations/$org/access')

/** How people get in, and what they see then. */
export const AccessPage = () => {
  const { org } = route.useParams()
  const organization = useQuery(organizationQuery(org))
  return (
    <OrganizationSettings org={org} title="Access">
      <Loaded query={organization} lines={4} label="Loading the organization">
        {(found) => <Openness org={org} organization={found} />}
      </Loaded>
      <SignOnState />
    </OrganizationSettings>
  )
}

const Openness = ({ org, organization }: { org: string; organization: OrganizationJson }) => {
  const change = useOpen(org)
  return (
    <section className="block">
      <h2>Who sees which projects</h2>
      <LiveCheck
        label="Everybody sees all projects"
        hint="Without it, members and viewers see the projects of their teams, and no other exists for them."
        checked={organization.openMembership}
        change={change.mutateAsync}
      />
      <ChangeFailure error={change.error} />
      {!organization.openMembership && (
        <p>
          <Link to="/organizations/$org/teams" params={{ org }}>
            Say which team has which projects
          </Link>
        </p>
      )}
    </section>
  )
}

const SignOnState = () => {
  const signOn = useQuery(signOnQuery)
  return (
    <section className="block">
      <h2>Single sign-on</h2>
      <Loaded query={signOn} lines={2} label="Loading the state">
        {({ name }) =>
          name === null ? (
            <p className="muted">
              Off: people log in with passwords. Whoever runs the service switches it on by starting it with{' '}
              <code>FOGHORN_OIDC_ISSUER</code> and <code>FOGHORN_OIDC_CLIENT_ID</code>.
            </p>
          ) : (
            <p>
              <span className="badge badge-resolved">on</span> The log-in page offers {name}.
            </p>
          )
        }
      </Loaded>
    </section>
  )
}
