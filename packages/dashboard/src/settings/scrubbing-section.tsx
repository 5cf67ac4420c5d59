import type { IngestSettings, ScrubbingPreviewJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Check } from '../ui/check.tsx'
import { Form } from '../ui/form.tsx'
import { counted } from '../ui/numbers.ts'
import { Loaded } from '../ui/states.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { useSettled } from '../ui/use-settled.ts'
import { fromLines, toLines } from './lines.ts'
import type { ProjectAddress } from './project-settings.tsx'
import { scrubbingPreviewQuery, useSaveIntake, type Scrubbing } from './settings-query.ts'
import './settings.css'

interface ScrubbingSectionProps {
  address: ProjectAddress
  settings: IngestSettings
}

const useDraft = (settings: IngestSettings) => {
  const [secret, setSecret] = useState(toLines(settings.secretNames))
  const [safe, setSafe] = useState(toLines(settings.safeNames))
  const [ipAddresses, setIpAddresses] = useState(settings.ipAddresses)
  const scrubbing = useMemo<Scrubbing>(
    () => ({ secretNames: fromLines(secret), safeNames: fromLines(safe), ipAddresses }),
    [secret, safe, ipAddresses],
  )
  return { secret, setSecret, safe, setSafe, ipAddresses, setIpAddresses, scrubbing }
}

/** What is masked before it is stored, with what that would change on an event that came lately. */
export const ScrubbingSection = ({ address, settings }: ScrubbingSectionProps) => {
  const save = useSaveIntake(address)
  const draft = useDraft(settings)
  return (
    <section className="block">
      <h2>Masking</h2>
      <p className="muted">
        Passwords, tokens, card numbers, e-mail and IP addresses are masked before anything is stored. What is masked
        stays so: these settings hold for events to come.
      </p>
      <Form
        action="Save masking"
        onSubmit={() => save.mutate(draft.scrubbing)}
        sending={save}
        done="Saved. It holds within five seconds."
      >
        <TextArea
          label="Names masked besides"
          value={draft.secret}
          onChange={(event) => draft.setSecret(event.target.value)}
          placeholder={'loyalty\ninsurance-number'}
          hint="One a line. The value of every name that has this in it is masked."
        />
        <TextArea
          label="Names never masked"
          value={draft.safe}
          onChange={(event) => draft.setSafe(event.target.value)}
          placeholder="passwordless"
          hint="One a line. For names that the usual rules take for secrets."
        />
        <Check
          label="Remove the IP addresses of people"
          hint="In other texts they are always masked."
          checked={draft.ipAddresses === 'remove'}
          onChange={(event) => draft.setIpAddresses(event.target.checked ? 'remove' : 'keep')}
        />
        <Preview address={address} scrubbing={draft.scrubbing} />
      </Form>
    </section>
  )
}

const Preview = ({ address, scrubbing }: { address: ProjectAddress; scrubbing: Scrubbing }) => {
  const preview = useQuery(scrubbingPreviewQuery(address, useSettled(scrubbing)))
  return (
    <section className="preview" aria-label="Preview">
      <h3>On the newest events</h3>
      <Loaded query={preview} lines={4} label="Loading the preview">
        {(found) => <PreviewResult preview={found} />}
      </Loaded>
    </section>
  )
}

const PreviewResult = ({ preview: { looked, changed, event } }: { preview: ScrubbingPreviewJson }) => {
  if (!event)
    return <p className="muted">No event is stored yet. Once one is, this shows what would be masked of it.</p>
  return (
    <>
      <p role="status">
        Of the newest {counted(looked, 'event')}, {changed === 0 ? 'nothing more' : `more of ${changed}`} would be
        masked.
      </p>
      <p className="row-note untrusted">{event.title}</p>
      {event.places.length > 0 && <Places places={event.places} />}
      {event.masked.length > 0 && (
        <details>
          <summary>{counted(event.masked.length, 'place')} masked already</summary>
          <ul className="masked untrusted">
            {event.masked.map((place) => (
              <li key={place}>
                <code>{place}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

type Place = NonNullable<ScrubbingPreviewJson['event']>['places'][number]

const Places = ({ places }: { places: Place[] }) => (
  <ul className="masked">
    {places.map(({ path, before, after }) => (
      <li key={path} className="untrusted">
        <code>{path}</code>
        <span className="visually-hidden">: now </span>
        <del>{before}</del>
        <span className="visually-hidden">, then </span>
        <ins>{after === '' ? 'left out' : after}</ins>
      </li>
    ))}
  </ul>
)
