import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Loaded } from '../ui/states.tsx'
import { rulesQuery } from './grouping-query.ts'
import { Passes } from './passes.tsx'
import { RulesForm } from './rules-form.tsx'
import { VersionSection } from './version-section.tsx'
import './grouping.css'

const route = getRouteApi('/signed-in/organizations/$org/projects/$project/grouping')

/** How a project's events become issues. */
export const GroupingPage = () => {
  const address = route.useParams()
  const rules = useQuery(rulesQuery(address))
  return (
    <div className="page page-medium">
      <title>{`Grouping of ${address.project} · Foghorn`}</title>
      <p className="trail">
        <Link to="/organizations/$org/projects" params={{ org: address.org }}>
          Projects
        </Link>
      </p>
      <h1>Grouping of {address.project}</h1>
      <VersionSection address={address} />
      <section className="step">
        <h2>Rules</h2>
        <p>The first rule that holds for an event applies. A fingerprint that the app sends goes before all of them.</p>
        <Loaded query={rules} lines={6} label="Loading the rules">
          {(found) => <RulesForm address={address} rules={found.rules} />}
        </Loaded>
      </section>
      <Passes address={address} />
    </div>
  )
}
