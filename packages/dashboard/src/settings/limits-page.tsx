import type { RetentionJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { formatCount } from '../ui/numbers.ts'
import { Loaded } from '../ui/states.tsx'
import { toNumber } from './lines.ts'
import { ObjectiveSection } from './objective-section.tsx'
import { ProjectSettings, type ProjectAddress } from './project-settings.tsx'
import { retentionQuery, useSaveRetention, type RetentionChange } from './settings-query.ts'

const route = getRouteApi('/signed-in/organizations/$org/projects/$project/settings/limits')

/** How long a project keeps what it is told, and how much failing it tolerates. */
export const LimitsPage = () => {
  const address = route.useParams()
  const retention = useQuery(retentionQuery(address))
  return (
    <ProjectSettings address={address} title={`Retention and budget of ${address.project}`}>
      <Loaded query={retention} lines={6} label="Loading the limits">
        {(found) => <RetentionSection address={address} retention={found} />}
      </Loaded>
      <ObjectiveSection address={address} />
    </ProjectSettings>
  )
}

const LIMITS = [
  ['days', 'Days', 1],
  ['events', 'Events', 1000],
  ['megabytes', 'Megabytes', 10],
] as const

const readLimits = (values: Record<string, string>): RetentionChange => ({
  days: toNumber(values['days']),
  events: toNumber(values['events']),
  megabytes: toNumber(values['megabytes']),
})

const RetentionSection = ({ address, retention }: { address: ProjectAddress; retention: RetentionJson }) => {
  const save = useSaveRetention(address)
  return (
    <section className="block">
      <h2>Retention</h2>
      <p className="muted">
        Older events go first, then those of the noisiest issues. Counts stay, and so do the first and last event of an
        issue that still happens. Empty: what the operator chose.
      </p>
      <Form action="Save retention" onSubmit={(values) => save.mutate(readLimits(values))} sending={save} done="Saved">
        <div className="field-row">
          {LIMITS.map(([name, label, least]) => {
            const isOwn = retention.own.includes(name)
            return (
              <Field
                key={name}
                label={label}
                name={name}
                type="number"
                min={least}
                defaultValue={isOwn ? retention[name] : ''}
                placeholder={isOwn ? undefined : String(retention[name])}
                hint={`At present ${formatCount(retention[name])}${isOwn ? '' : ', the operator’s choice'}`}
              />
            )
          })}
        </div>
      </Form>
    </section>
  )
}
