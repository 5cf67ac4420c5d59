interface FilterInputProps {
  label: string
  placeholder: string
  text: string
  onText: (text: string) => void
  className?: string
}

/** A line of text that narrows a list. */
export const FilterInput = ({ label, placeholder, text, onText, className }: FilterInputProps) => (
  <input
    type="search"
    className={className ? `filter-input ${className}` : 'filter-input'}
    aria-label={label}
    placeholder={placeholder}
    value={text}
    onChange={(event) => onText(event.target.value)}
  />
)
