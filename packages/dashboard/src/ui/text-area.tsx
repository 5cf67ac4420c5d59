import { useId, type TextareaHTMLAttributes } from 'react'

interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  label: string
  hint?: string | undefined
  errors?: readonly string[] | undefined
}

/** A labelled text of several lines with its hint and what is wrong with it. */
export const TextArea = ({ label, hint, errors, ...input }: TextAreaProps) => {
  const id = useId()
  const wrong = errors !== undefined && errors.length > 0
  const notes = [hint && `${id}-hint`, wrong && `${id}-errors`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={3}
        spellCheck={false}
        {...input}
        aria-invalid={wrong}
        {...(notes && { 'aria-describedby': notes })}
      />
      {hint && (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      )}
      {wrong && (
        <p id={`${id}-errors`} className="field-errors">
          {errors.join(' ')}
        </p>
      )}
    </div>
  )
}
