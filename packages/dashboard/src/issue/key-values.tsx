import { ScrollArea } from '../ui/scroll-area.tsx'
import { WebLink } from '../ui/web-link.tsx'
import { showValue } from './values.ts'
import './key-values.css'

export const KeyValues = ({ entries }: { entries: readonly [string, unknown][] }) => (
  <dl className="key-values">
    {entries.map(([key, value]) => (
      <div key={key}>
        <dt className="untrusted">{key}</dt>
        <dd>
          <ScrollArea className="key-value untrusted" label={key}>
            <WebLink text={showValue(value)} />
          </ScrollArea>
        </dd>
      </div>
    ))}
  </dl>
)
