import type { GroupingJson } from '@foghorn/server'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Section } from './section.tsx'

export const GroupingSection = ({ grouping }: { grouping: GroupingJson }) => (
  <Section title="How it was grouped" isMinor>
    <p className="muted">Events with one of these keys belong to this issue (rules of version {grouping.version}).</p>
    <ul className="grouping">
      {grouping.keys.map((key) => (
        <li key={key.hash}>
          <p>
            <strong className="untrusted">{key.variant}</strong> <code title={key.hash}>{key.hash.slice(0, 8)}</code>
          </p>
          <ol>
            {key.parts.map((part, position) => (
              <li key={position}>
                <ScrollArea className="grouping-part untrusted" label={`Part of ${key.variant}`}>
                  {part}
                </ScrollArea>
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ul>
  </Section>
)
