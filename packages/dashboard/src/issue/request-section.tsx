import type { RequestInfo } from '@foghorn/protocol'
import { KeyValues } from './key-values.tsx'
import { Section } from './section.tsx'
import { entriesOf } from './values.ts'

export const RequestSection = ({ request: { headers, ...request } }: { request: RequestInfo }) => {
  const entries = [...entriesOf(request), ...entriesOf(headers)]
  if (entries.length === 0) return null
  return (
    <Section title="Page" isMinor>
      <KeyValues entries={entries} />
    </Section>
  )
}
