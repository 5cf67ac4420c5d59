import { lazy, Suspense, useState, type FormEvent } from 'react'
import { SearchIcon } from '../ui/icons.tsx'
import { SEARCH_FIELD, type SearchFieldProps } from './search-field.ts'

// As large as half of the list's page, so it comes when somebody turns to the field; what is typed meanwhile is kept.
const CompletingSearch = lazy(() => import('./completing-search.tsx'))

interface IssueSearchFormProps extends SearchFieldProps {
  onSearch: (query: string) => void
}

export const IssueSearchForm = ({ onSearch, ...field }: IssueSearchFormProps) => {
  const [isWanted, setWanted] = useState(false)
  const [typed, setTyped] = useState(field.query)
  const plain = (
    <input
      {...SEARCH_FIELD}
      role="combobox"
      aria-expanded={false}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onFocus={() => setWanted(true)}
    />
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    onSearch(String(new FormData(event.currentTarget).get('query') ?? '').trim())
  }
  return (
    <form className="issue-search" onSubmit={submit}>
      <SearchIcon />
      {isWanted ? (
        <Suspense fallback={plain}>
          <CompletingSearch {...field} query={typed} />
        </Suspense>
      ) : (
        plain
      )}
    </form>
  )
}
