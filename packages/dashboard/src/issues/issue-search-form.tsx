import type { FormEvent } from 'react'
import { SearchIcon } from '../ui/icons.tsx'

interface IssueSearchFormProps {
  query: string
  onSearch: (query: string) => void
}

export const IssueSearchForm = ({ query, onSearch }: IssueSearchFormProps) => {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    onSearch(String(new FormData(event.currentTarget).get('query') ?? '').trim())
  }
  return (
    <form className="issue-search" onSubmit={submit}>
      <SearchIcon />
      <input
        type="search"
        name="query"
        aria-label="Search issues"
        placeholder="Words, or assigned:me browser:Chrome* !has:release times:>100"
        title="Press / to come here"
        defaultValue={query}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
      />
    </form>
  )
}
