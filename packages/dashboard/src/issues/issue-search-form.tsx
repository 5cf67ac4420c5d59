import { lazy, Suspense, useState, type FormEvent } from 'react'
import { SearchIcon } from '../ui/icons.tsx'
import { SEARCH_FIELD, type SearchFieldProps } from './search-field.ts'

// Comes with the first list; until then the field shows what is searched for, and hands on the keyboard.
const CompletingSearch = lazy(() => import('./completing-search.tsx'))

interface IssueSearchFormProps extends SearchFieldProps {
  onSearch: (query: string) => void
}

export const IssueSearchForm = ({ onSearch, ...field }: IssueSearchFormProps) => {
  const [isWanted, setWanted] = useState(false)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    onSearch(String(new FormData(event.currentTarget).get('query') ?? '').trim())
  }
  return (
    <form className="issue-search" onSubmit={submit}>
      <SearchIcon />
      <Suspense fallback={<input {...SEARCH_FIELD} value={field.query} readOnly onFocus={() => setWanted(true)} />}>
        <CompletingSearch {...field} autoFocus={isWanted} />
      </Suspense>
    </form>
  )
}
