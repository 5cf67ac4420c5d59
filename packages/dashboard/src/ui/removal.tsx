import { useId, useRef, type ReactNode } from 'react'
import { ChangeFailure } from './change-failure.tsx'

interface RemovalProps {
  /** What is removed, as in “Remove the team”. */
  action: string
  /** What becomes of it. */
  children: ReactNode
  removal: { isPending: boolean; error: Error | null; mutate: () => void }
  /** Shorter words for the button of a row. */
  shown?: string
}

/** A button that asks before it takes something away for good. */
export const Removal = ({ action, children, removal, shown }: RemovalProps) => {
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  return (
    <>
      <button
        type="button"
        className={shown ? 'button button-small button-danger' : 'button button-danger'}
        aria-label={action}
        onClick={() => dialog.current?.showModal()}
      >
        {shown ?? action}
      </button>
      <dialog ref={dialog} className="dialog" aria-labelledby={title}>
        <h2 id={title}>{action}?</h2>
        <div className="dialog-text">{children}</div>
        <ChangeFailure error={removal.error} />
        <div className="dialog-actions">
          <button type="button" className="button" autoFocus onClick={() => dialog.current?.close()}>
            Keep
          </button>
          <button
            type="button"
            className="button button-danger-filled"
            aria-disabled={removal.isPending}
            onClick={() => !removal.isPending && removal.mutate()}
          >
            {action}
          </button>
        </div>
      </dialog>
    </>
  )
}
