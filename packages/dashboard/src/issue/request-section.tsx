import type { RequestInfo } from '@foghorn/protocol'
import { Link } from '@tanstack/react-router'
import { KeyValues } from './key-values.tsx'
import { Section } from './section.tsx'
import { entriesOf } from './values.ts'

interface RequestSectionProps {
  request: RequestInfo
  org: string
  /** Slug; absent until it is known. */
  project: string | undefined
}

export const RequestSection = ({ request: { headers, ...request }, org, project }: RequestSectionProps) => {
  const entries = [...entriesOf(request), ...entriesOf(headers)]
  if (entries.length === 0) return null
  const page = request.url && URL.canParse(request.url) ? new URL(request.url).pathname : undefined
  return (
    <Section title="Page" isMinor>
      <KeyValues entries={entries} />
      {project !== undefined && page?.startsWith('/') && (
        <p>
          <Link to="/organizations/$org/projects/$project/vitals" params={{ org, project }} search={{ page }}>
            Web vitals of this page
          </Link>
        </p>
      )}
    </Section>
  )
}
