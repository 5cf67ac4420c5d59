import type { IngestSettings } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ApiError } from '../api/client.ts'
import { Check } from '../ui/check.tsx'
import { Field } from '../ui/field.tsx'
import { Form } from '../ui/form.tsx'
import { Loaded } from '../ui/states.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { fromLines, toLines, toNumber } from './lines.ts'
import { ProjectSettings, type ProjectAddress } from './project-settings.tsx'
import { ScrubbingSection } from './scrubbing-section.tsx'
import { intakeQuery, useSaveIntake } from './settings-query.ts'

const route = getRouteApi('/signed-in/organizations/$org/projects/$project/settings/intake')

/** What a project takes in, and what it masks. */
export const IntakePage = () => {
  const address = route.useParams()
  const settings = useQuery(intakeQuery(address))
  return (
    <ProjectSettings address={address} title={`Filters and privacy of ${address.project}`}>
      <Loaded query={settings} lines={14} label="Loading the settings">
        {(found) => (
          <>
            <OriginsSection address={address} settings={found} />
            <FiltersSection address={address} settings={found} />
            <LimitsSection address={address} settings={found} />
            <ScrubbingSection address={address} settings={found} />
          </>
        )}
      </Loaded>
    </ProjectSettings>
  )
}

interface SectionProps {
  address: ProjectAddress
  settings: IngestSettings
}

interface PartProps extends SectionProps {
  title: string
  read: (values: Record<string, string>) => Partial<IngestSettings>
  children: (errors: Record<string, string[]>) => ReactNode
}

/** A part of the settings; the others stay as they are. */
const Part = ({ address, title, read, children }: PartProps) => {
  const save = useSaveIntake(address)
  return (
    <section className="block">
      <h2>{title}</h2>
      <Form
        action={`Save ${title.toLowerCase()}`}
        onSubmit={(values) => save.mutate(read(values))}
        sending={save}
        done="Saved. It holds within five seconds."
      >
        {children(save.error instanceof ApiError ? save.error.errors : {})}
      </Form>
    </section>
  )
}

const OriginsSection = (props: SectionProps) => (
  <Part {...props} title="Allowed origins" read={({ origins }) => ({ allowedOrigins: fromLines(origins) })}>
    {({ allowedOrigins }) => (
      <TextArea
        label="Sites whose pages may send"
        name="origins"
        defaultValue={toLines(props.settings.allowedOrigins)}
        placeholder={'https://shop.example\n*.shop.example'}
        hint="One a line; * stands for any characters. While there is none, pages of every site may send. Servers and apps, which name no site, always may."
        errors={allowedOrigins}
      />
    )}
  </Part>
)

const FILTERS = {
  filterExtensions: ['Errors in browser extensions', 'Their code runs in your pages and fails there.'],
  filterCrawlers: ['Crawlers', 'Search engines and checkers that run scripts.'],
  filterLocalhost: ['Pages on localhost', 'What developers see on their own machines.'],
  filterLegacyBrowsers: [
    'Browsers that their makers no longer support',
    'Internet Explorer, Chrome before 109 and their like.',
  ],
  filterHydration: ['Hydration errors of React', 'Server and browser rendered different pages.'],
} as const

type FilterName = keyof typeof FILTERS

const FILTER_NAMES = Object.keys(FILTERS) as FilterName[]

const readFilters = (values: Record<string, string>): Partial<IngestSettings> => ({
  ...Object.fromEntries(FILTER_NAMES.map((name) => [name, values[name] === 'on'])),
  ownScripts: fromLines(values['ownScripts']),
  filteredReleases: fromLines(values['filteredReleases']),
  filteredMessages: fromLines(values['filteredMessages']),
})

const FiltersSection = (props: SectionProps) => (
  <Part {...props} title="Filters" read={readFilters}>
    {(errors) => (
      <>
        <fieldset className="choices">
          <legend>Left out</legend>
          {FILTER_NAMES.map((name) => (
            <Check
              key={name}
              name={name}
              label={FILTERS[name][0]}
              hint={FILTERS[name][1]}
              defaultChecked={props.settings[name]}
            />
          ))}
        </fieldset>
        <TextArea
          label="Scripts of your own"
          name="ownScripts"
          defaultValue={toLines(props.settings.ownScripts)}
          placeholder="https://shop.example/*"
          hint="With any, errors of which no frame lies in one of these are left out. One a line, with * for any characters."
          errors={errors['ownScripts']}
        />
        <TextArea
          label="Releases left out"
          name="filteredReleases"
          defaultValue={toLines(props.settings.filteredReleases)}
          placeholder="*-dev"
          errors={errors['filteredReleases']}
        />
        <TextArea
          label="Messages left out"
          name="filteredMessages"
          defaultValue={toLines(props.settings.filteredMessages)}
          placeholder="*ResizeObserver loop*"
          errors={errors['filteredMessages']}
        />
      </>
    )}
  </Part>
)

const LIMITS = [
  ['eventsPerMinute', 'In all'],
  ['eventsPerMinuteAndKey', 'From each key'],
  ['eventsPerMinuteAndAddress', 'From each address'],
] as const

const readLimits = (values: Record<string, string>): Partial<IngestSettings> => ({
  ...Object.fromEntries(LIMITS.map(([name]) => [name, toNumber(values[name])])),
  spikeProtection: values['spikeProtection'] === 'on',
})

const LimitsSection = (props: SectionProps) => (
  <Part {...props} title="Limits" read={readLimits}>
    {(errors) => (
      <>
        <p className="muted">How many events are taken in a minute. Empty: as many as come.</p>
        <div className="field-row">
          {LIMITS.map(([name, label]) => (
            <Field
              key={name}
              label={label}
              name={name}
              type="number"
              min={1}
              max={10_000_000}
              defaultValue={props.settings[name] ?? ''}
              errors={errors[name]}
            />
          ))}
        </div>
        <Check
          name="spikeProtection"
          label="Spike protection"
          hint="Holds back what is more than ten times the mean of the hour before, far above what a project usually has."
          defaultChecked={props.settings.spikeProtection}
        />
      </>
    )}
  </Part>
)
