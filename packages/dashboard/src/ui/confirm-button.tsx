import { useEffect, useRef, useState } from 'react'

interface ConfirmButtonProps {
  /** What the button says; `name` is of what, for screen readers. */
  label: string
  name: string
  /** What is asked before it is done. */
  question: string
  isPending: boolean
  onConfirm: () => void
}

/** A button whose work cannot be taken back: it asks once more, in its own place. */
export const ConfirmButton = ({ label, name, question, isPending, onConfirm }: ConfirmButtonProps) => {
  const [asks, setAsks] = useState(false)
  const keep = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (asks) keep.current?.focus()
  }, [asks])
  if (!asks)
    return (
      <button
        type="button"
        className="button button-small"
        aria-label={`${label} ${name}`}
        onClick={() => setAsks(true)}
      >
        {label}
      </button>
    )
  return (
    <span className="confirm" role="group" aria-label={question}>
      <span>{question}</span>
      <button type="button" ref={keep} className="button button-small" onClick={() => setAsks(false)}>
        Keep
      </button>
      <button
        type="button"
        className="button button-small button-danger"
        aria-disabled={isPending}
        onClick={() => !isPending && onConfirm()}
      >
        {label}
      </button>
    </span>
  )
}
