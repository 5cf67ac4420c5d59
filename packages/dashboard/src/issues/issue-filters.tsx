import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { projectsQuery } from '../projects/projects-query.ts'
import { Select } from '../ui/select.tsx'
import { IssueSearchForm } from './issue-search-form.tsx'
import { tagValuesQuery } from './issues-query.ts'
import { StatusTabs } from './status-tabs.tsx'
import { DEFAULT_QUERY, PERIODS, readIssueSearch, SORTS, withStatus, type IssueSearch } from './search.ts'
import { ViewsMenu } from './views-menu.tsx'

const route = getRouteApi('/signed-in/organizations/$org/issues')

export const IssueFilters = () => {
  const { org } = route.useParams()
  const search = route.useSearch()
  const navigate = useNavigate()
  const query = search.query ?? DEFAULT_QUERY
  const change = (changes: Record<string, string>) =>
    void navigate({
      to: '/organizations/$org/issues',
      params: { org },
      search: readIssueSearch({ ...search, ...changes }),
    })
  return (
    <div className="issue-filters" role="search">
      <IssueSearchForm
        key={query}
        org={org}
        project={search.project}
        query={query}
        onSearch={(text) => change({ query: text })}
      />
      <ViewsMenu org={org} search={search} />
      <div className="issue-narrowing">
        <StatusTabs query={query} onChange={(status) => change({ query: withStatus(query, status) })} />
        <Narrowing org={org} search={search} onChange={change} />
      </div>
    </div>
  )
}

interface NarrowingProps {
  org: string
  search: IssueSearch
  onChange: (changes: Record<string, string>) => void
}

const Narrowing = ({ org, search, onChange }: NarrowingProps) => {
  const projects = useQuery(projectsQuery(org))
  return (
    <>
      <Select
        label="Project"
        value={search.project ?? ''}
        options={[['', 'All projects'], ...(projects.data ?? []).map(({ id, slug }) => [id, slug] as const)]}
        onChange={(project) => onChange({ project })}
      />
      <EnvironmentSelect org={org} search={search} onChange={(environment) => onChange({ environment })} />
      <Select
        label="Seen"
        value={search.statsPeriod ?? ''}
        options={withPresent(Object.entries(PERIODS), search.statsPeriod)}
        onChange={(statsPeriod) => onChange({ statsPeriod })}
      />
      <Select
        label="Sort by"
        value={search.sort ?? 'date'}
        options={Object.entries(SORTS)}
        onChange={(sort) => onChange({ sort })}
      />
    </>
  )
}

type Options = readonly (readonly [value: string, name: string])[]

/** What the address asks for can be seen even when it is none of the usual choices. */
const withPresent = (options: Options, present: string | undefined): Options =>
  present === undefined || options.some(([value]) => value === present) ? options : [...options, [present, present]]

const EnvironmentSelect = ({
  org,
  search,
  onChange,
}: Omit<NarrowingProps, 'onChange'> & { onChange: (name: string) => void }) => {
  const { project, environment } = search
  const found = useQuery(tagValuesQuery(org, { key: 'environment', text: '', ...(project && { project }) }))
  const names = (found.data ?? []).map(({ value }) => [value, value] as const)
  return (
    <Select
      label="Environment"
      value={environment ?? ''}
      options={withPresent([['', 'All environments'], ...names], environment)}
      onChange={onChange}
    />
  )
}
