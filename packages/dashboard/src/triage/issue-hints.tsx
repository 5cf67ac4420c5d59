import { useQuery } from '@tanstack/react-query'
import { Section } from '../issue/section.tsx'
import type { IssueAddress } from '../issue/issue-query.ts'
import { hintsQuery } from './triage-query.ts'

/** What may have to do with the cause; nothing when nothing tells. */
export const IssueHints = ({ address }: { address: IssueAddress }) => {
  const { data: hints = [] } = useQuery(hintsQuery(address))
  if (hints.length === 0) return null
  return (
    <Section title="What may have to do with it">
      <ul className="hints">
        {hints.map(({ type, text }) => (
          <li key={type} className="untrusted">
            {text}
          </li>
        ))}
      </ul>
    </Section>
  )
}
