import type { FormEvent, ReactNode } from 'react'

interface FormProps {
  /** Called with the trimmed values of the fields by name; passwords are left as they are. */
  onSubmit: (values: Record<string, string>, form: HTMLFormElement) => void
  /** The mutation that sends it: whether it is under way, and how it went. */
  sending: { error: Error | null; isPending: boolean; isSuccess: boolean }
  action: string
  /** Said beside the button once it was sent. */
  done?: string
  children: ReactNode
}

const readValues = (form: HTMLFormElement): Record<string, string> => {
  const values: Record<string, string> = {}
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') values[name] = /password$/i.test(name) ? value : value.trim()
  }
  return values
}

/** A form that sends itself once at a time and says what went wrong. */
export const Form = ({ onSubmit, sending: { error, isPending, isSuccess }, action, done, children }: FormProps) => {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!isPending) onSubmit(readValues(event.currentTarget), event.currentTarget)
  }
  return (
    <form className="form" onSubmit={submit}>
      {children}
      {error && (
        <p className="form-error" role="alert">
          {error.message}
        </p>
      )}
      <div className="form-end">
        <button type="submit" className="button button-primary" aria-disabled={isPending}>
          {isPending ? 'One moment…' : action}
        </button>
        {done && isSuccess && <span className="saved">{done}</span>}
      </div>
    </form>
  )
}
