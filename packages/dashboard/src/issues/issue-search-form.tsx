import { useRef, useState, type ComponentType, type FormEvent, type RefObject } from 'react'
import { SearchIcon } from '../ui/icons.tsx'
import { SEARCH_FIELD, selectionIn, type SearchFieldProps, type Selection } from './search-field.ts'

type Completing = ComponentType<SearchFieldProps & { selection: Selection | undefined }>

// Comes when somebody first enters the field, who goes on writing meanwhile; it then takes over what was written and selected.
let completing: Completing | undefined

const useCompleting = (input: RefObject<HTMLInputElement | null>) => {
  const [Field, setField] = useState(() => completing)
  const [selection, setSelection] = useState<Selection>()
  const enter = () =>
    void import('./completing-search.tsx').then(
      ({ default: loaded }) => {
        completing = loaded
        setSelection(selectionIn(input.current))
        setField(() => loaded)
      },
      () => {
        // Offline: the field works without it.
      },
    )
  return { Field, selection, enter }
}

interface IssueSearchFormProps extends SearchFieldProps {
  onSearch: (query: string) => void
}

export const IssueSearchForm = ({ onSearch, ...field }: IssueSearchFormProps) => {
  const [text, setText] = useState(field.query)
  const input = useRef<HTMLInputElement>(null)
  const { Field, selection, enter } = useCompleting(input)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    onSearch(String(new FormData(event.currentTarget).get('query') ?? '').trim())
  }
  return (
    <form className="issue-search" onSubmit={submit}>
      <SearchIcon />
      {Field ? (
        <Field {...field} query={text} selection={selection} />
      ) : (
        <input
          {...SEARCH_FIELD}
          ref={input}
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
