import type { GroupingPreviewJson } from '@foghorn/server'
import { counted } from '../ui/numbers.ts'

/** What another way of grouping would do to the newest events. */
export const PreviewResult = ({ preview }: { preview: GroupingPreviewJson }) => (
  <div className="preview-result" role="status">
    <p>
      The newest {counted(preview.events, 'event')} make {counted(preview.groupsBefore, 'issue')} now, and would make{' '}
      <strong>{counted(preview.groupsAfter, 'issue')}</strong>
      {preview.dropped > 0 && <>; {counted(preview.dropped, 'event')} like these would no longer be kept</>}.
    </p>
    <ul>
      {preview.rules.map(({ name, events, examples }) => (
        <li key={name}>
          <strong className="untrusted">{name}</strong> holds for {counted(events, 'event')}
          {examples.length > 0 && <span className="muted untrusted">: {examples.join(' · ')}</span>}
        </li>
      ))}
    </ul>
  </div>
)
