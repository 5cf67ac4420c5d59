import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ProjectSettings } from '../settings/project-settings.tsx'
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
    <ProjectSettings address={address} title={`Grouping of ${address.project}`}>
      <VersionSection address={address} />
      <section className="step">
        <h2>Rules</h2>
        <p>The first rule that holds for an event applies. A fingerprint that the app sends goes before all of them.</p>
        <Loaded query={rules} lines={6} label="Loading the rules">
          {(found) => <RulesForm address={address} rules={found.rules} />}
        </Loaded>
      </section>
      <Passes address={address} />
    </ProjectSettings>
  )
}
