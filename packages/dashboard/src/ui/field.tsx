import { useId, type InputHTMLAttributes } from 'react'

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string
  hint?: string | undefined
  errors?: string[] | undefined
}

/** A labelled input with its hint and what is wrong with it. */
export const Field = ({ label, hint, errors, ...input }: FieldProps) => {
  const id = useId()
  const notes = [hint && `${id}-hint`, errors && `${id}-errors`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} {...input} aria-invalid={errors !== undefined} {...(notes && { 'aria-describedby': notes })} />
      {hint && (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      )}
      {errors && (
        <p id={`${id}-errors`} className="field-errors">
          {errors.join(' ')}
        </p>
      )}
    </div>
  )
}
