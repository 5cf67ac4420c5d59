import type { EventJson } from '@foghorn/server'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { ComponentTrail } from './component-trail.tsx'
import { EventTags } from './event-tags.tsx'
import { entryOf } from './entries.ts'
import { GroupingSection } from './grouping-section.tsx'
import { KeyValues } from './key-values.tsx'
import { PAGE_VITALS, pageVitals } from './page-vitals.ts'
import { RequestSection } from './request-section.tsx'
import { Section } from './section.tsx'
import { StackTools } from './stack-tools.tsx'
import { Stacks } from './stacks.tsx'
import { TrailSection } from './trail-section.tsx'
import { entriesOf, showKey } from './values.ts'

interface EventViewProps {
  event: EventJson
  org: string
  /** Slug; absent until it is known. */
  project: string | undefined
}

/** One event, from what matters most to what rarely does. */
export const EventView = ({ event, org, project }: EventViewProps) => {
  const exceptions = entryOf(event, 'exception')?.values ?? []
  const message = entryOf(event, 'message')?.formatted
  const request = entryOf(event, 'request')
  return (
    <>
      {message && (
        <Section title="Message">
          <ScrollArea className="message untrusted" label="Message">
            {message}
          </ScrollArea>
        </Section>
      )}
      {exceptions.length > 0 && <Stacks exceptions={exceptions} tools={<StackTools />} />}
      <ComponentTrail components={event.componentStack ?? []} />
      <EventTags tags={event.tags} org={org} />
      <TrailSection breadcrumbs={entryOf(event, 'breadcrumbs')?.values ?? []} event={event} />
      <div className="details">
        {request && <RequestSection request={request} org={org} project={project} />}
        <Details
          title="Web vitals of this page load"
          record={Object.fromEntries(pageVitals(event.contexts?.[PAGE_VITALS]))}
        />
        <Details title="User" record={event.user} />
        {contextsOf(event).map(([name, context]) => (
          <Details key={name} title={showKey(name)} record={recordOf(context)} />
        ))}
        <Details title="Additional data" record={event.context} />
        <Details title="Client" record={clientOf(event)} />
        <GroupingSection grouping={event.grouping} />
      </div>
    </>
  )
}

/** Without what has a section of its own. */
const contextsOf = ({ contexts, componentStack }: EventJson): [string, unknown][] =>
  entriesOf(contexts).flatMap(([name, context]): [string, unknown][] => {
    if (name === PAGE_VITALS && pageVitals(context).length > 0) return []
    if (!componentStack || !['react', 'vue'].includes(name)) return [[name, context]]
    const { componentStack: _shown, ...rest } = recordOf(context) as Record<string, unknown>
    return [[name, rest]]
  })

const clientOf = ({ sdk, platform, release, dist, environment, dateReceived }: EventJson) => ({
  SDK: sdk && `${sdk.name} ${sdk.version}`,
  platform,
  release: release?.version,
  dist,
  environment,
  received: dateReceived,
})

const recordOf = (context: unknown): object =>
  typeof context === 'object' && context !== null ? context : { value: context }

const Details = ({ title, record }: { title: string; record: object | null }) => {
  const entries = entriesOf(record)
  if (entries.length === 0) return null
  return (
    <Section title={title} isMinor>
      <KeyValues entries={entries} />
    </Section>
  )
}
