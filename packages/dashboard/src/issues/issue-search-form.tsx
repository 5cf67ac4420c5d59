import { useState, type ComponentType, type FormEvent } from 'react'
import { SearchIcon } from '../ui/icons.tsx'
import { SEARCH_FIELD, type SearchFieldProps } from './search-field.ts'

type Completing = ComponentType<SearchFieldProps & { isEntered: boolean }>

// Comes when somebody first enters the field, who goes on writing meanwhile; it then takes over what was written.
let completing: Completing | undefined

const useCompleting = () => {
  const [Field, setField] = useState(() => completing)
  const [isEntered, setEntered] = useState(false)
  const enter = () =>
    void import('./completing-search.tsx').then(
      ({ default: loaded }) => {
        completing = loaded
        setEntered(true)
        setField(() => loaded)
      },
      () => {
        // Offline: the field works without it.
      },
    )
  return { Field, isEntered, enter }
}

interface IssueSearchFormProps extends SearchFieldProps {
  onSearch: (query: string) => void
}

export const IssueSearchForm = ({ onSearch, ...field }: IssueSearchFormProps) => {
  const [text, setText] = useState(field.query)
  const { Field, isEntered, enter } = useCompleting()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    onSearch(String(new FormData(event.currentTarget).get('query') ?? '').trim())
  }
  return (
    <form className="issue-search" onSubmit={submit}>
      <SearchIcon />
      {Field ? (
        <Field {...field} query={text} isEntered={isEntered} />
      ) : (
        <input
          {...SEARCH_FIELD}
          role="combobox"
          aria-expanded={false}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onFocus={enter}
        />
      )}
    </form>
  )
}
