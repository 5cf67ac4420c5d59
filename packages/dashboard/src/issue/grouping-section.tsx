import type { GroupingJson } from '@foghorn/server'
import { Section } from './section.tsx'

export const GroupingSection = ({ grouping }: { grouping: GroupingJson }) => (
  <Section title="How it was grouped" isMinor>
    <p className="muted">Events with one of these keys belong to this issue (rules of version {grouping.version}).</p>
    <ul className="grouping">
      {grouping.keys.map((key) => (
        <li key={key.hash}>
          <p>
            <strong>{key.variant}</strong> <code title={key.hash}>{key.hash.slice(0, 8)}</code>
          </p>
          <ol>
            {key.parts.map((part, position) => (
              <li key={position} className="untrusted">
                <code>{part}</code>
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ul>
  </Section>
)
