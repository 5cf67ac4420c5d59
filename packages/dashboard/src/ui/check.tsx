import { useId, type InputHTMLAttributes } from 'react'

interface CheckProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string
  hint?: string
}

/** A box to tick, with what it means. */
export const Check = ({ label, hint, ...input }: CheckProps) => {
  const id = useId()
  return (
    <div className="check">
      <input type="checkbox" id={id} {...input} {...(hint && { 'aria-describedby': `${id}-hint` })} />
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      )}
    </div>
  )
}
