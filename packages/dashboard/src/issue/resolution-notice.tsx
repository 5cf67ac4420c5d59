import type { ExceptionValueJson } from '@foghorn/server'
import { DocsLink } from '../ui/docs-link.tsx'
import { counted } from '../ui/numbers.ts'
import { Findings } from './findings.tsx'
import { summariseResolution } from './unresolved.ts'

/** Says how much of the stacks is still minified, and what to do about it. */
export const ResolutionNotice = ({ exceptions }: { exceptions: ExceptionValueJson[] }) => {
  const { frames, unresolved, reasons } = summariseResolution(exceptions)
  if (unresolved === 0) return null
  return (
    <details className="notice">
      <summary>
        {unresolved} of {counted(frames, 'frame')} could not be traced to the original source
      </summary>
      <ul>
        {reasons.map(({ reason, advice, frames: affected, findings }) => (
          <li key={reason}>
            <code>{reason}</code> ({counted(affected, 'frame')}). {advice}
            <Findings findings={findings} />
          </li>
        ))}
      </ul>
      <DocsLink page="troubleshooting/#my-frames-are-minified">What to do about minified frames</DocsLink>
    </details>
  )
}
