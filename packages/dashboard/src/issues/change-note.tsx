import { counted } from '../ui/numbers.ts'
import { outcomeOf } from './change-issues.ts'
import type { Triage } from './use-triage.ts'

/** What was done last, and the way back. It stays until it is put away: nobody has to be quick. */
export const ChangeNote = ({ triage: { done, error, takeBack, forget } }: { triage: Triage }) => {
  if (error)
    return (
      <p className="change-note form-error" role="alert">
        Not changed. {error.message}
      </p>
    )
  if (!done) return null
  const { made, undo } = done
  const subject = 'ids' in made.target ? counted(made.target.ids.length, 'issue') : 'All issues that match'
  return (
    <div className="change-note">
      <span className="untrusted">
        {subject} {outcomeOf(made)}
      </span>
      {undo && (
        <button type="button" className="button button-small" onClick={takeBack}>
          Undo
        </button>
      )}
      <button type="button" className="icon-button" aria-label="Put away" onClick={forget}>
        ×
      </button>
    </div>
  )
}
