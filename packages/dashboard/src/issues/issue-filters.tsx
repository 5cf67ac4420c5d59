import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { projectsQuery } from '../projects/projects-query.ts'
import { Select } from '../ui/select.tsx'
import { IssueSearchForm } from './issue-search-form.tsx'
import { StatusTabs } from './status-tabs.tsx'
import { DEFAULT_QUERY, readIssueSearch, SORTS, withStatus } from './search.ts'

const route = getRouteApi('/signed-in/organizations/$org/issues')

export const IssueFilters = () => {
  const { org } = route.useParams()
  const search = route.useSearch()
  const navigate = useNavigate()
  const projects = useQuery(projectsQuery(org))
  const query = search.query ?? DEFAULT_QUERY
  const change = (changes: Record<string, string>) =>
    void navigate({
      to: '/organizations/$org/issues',
      params: { org },
      search: readIssueSearch({ ...search, ...changes }),
    })
  return (
    <div className="issue-filters" role="search">
      <IssueSearchForm key={query} query={query} onSearch={(text) => change({ query: text })} />
      <StatusTabs query={query} onChange={(status) => change({ query: withStatus(query, status) })} />
      <Select
        label="Project"
        value={search.project ?? ''}
        options={[['', 'All projects'], ...(projects.data ?? []).map(({ id, slug }) => [id, slug] as const)]}
        onChange={(project) => change({ project })}
      />
      <Select
        label="Sort by"
        value={search.sort ?? 'date'}
        options={Object.entries(SORTS)}
        onChange={(sort) => change({ sort })}
      />
    </div>
  )
}
