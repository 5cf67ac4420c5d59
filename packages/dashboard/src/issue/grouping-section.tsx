import type { GroupingJson } from '@foghorn/server'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Section } from './section.tsx'

export const GroupingSection = ({ grouping }: { grouping: GroupingJson }) => (
  <Section title="How it was grouped" isMinor>
    <p className="muted">
      The first key decides, the others help to recognise the issue (algorithm {grouping.version}
      {grouping.rule !== undefined && (
        <>
          , rule <span className="untrusted">{grouping.rule}</span>
        </>
      )}
      ).
    </p>
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
    {grouping.ignored.length > 0 && (
      <>
        <h3>Not counted</h3>
        <ul className="grouping">
          {grouping.ignored.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </>
    )}
  </Section>
)
