import { useId, type SelectHTMLAttributes } from 'react'

interface LabelledSelectProps extends SelectHTMLAttributes<HTMLSelectElement> {
  label: string
  hint?: string
  options: readonly (readonly [value: string, name: string])[]
}

/** A choice in a form, with its label above it. */
export const LabelledSelect = ({ label, hint, options, ...select }: LabelledSelectProps) => {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="select" {...select} {...(hint && { 'aria-describedby': `${id}-hint` })}>
        {options.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      {hint && (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      )}
    </div>
  )
}
