import type { IssueStatus } from '@foghorn/server'

export interface StatusButtonsProps {
  className: string
  /** The states to go to from the present one, and what the buttons say. */
  actions: readonly (readonly [IssueStatus, string])[]
  buttonClass: (position: number) => string
  change: { isPending: boolean; error: Error | null; mutate: (next: IssueStatus) => void }
}

/** One button for each state that something can be put in; one click at a time. */
export const StatusButtons = ({ className, actions, buttonClass, change }: StatusButtonsProps) => (
  <div className={className}>
    {actions.map(([next, name], position) => (
      <button
        key={next}
        type="button"
        className={buttonClass(position)}
        aria-disabled={change.isPending}
        onClick={() => !change.isPending && change.mutate(next)}
      >
        {name}
      </button>
    ))}
    {change.error && (
      <p className="form-error" role="alert">
        Not changed. {change.error.message}
      </p>
    )}
  </div>
)
