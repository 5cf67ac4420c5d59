import { useLocation, useRouter } from '@tanstack/react-router'
import { Select } from '../ui/select.tsx'
import type { Place } from './place.ts'

/** Named by itself where there is nothing to switch. */
export const OrganizationSwitcher = ({ place }: { place: Place }) => {
  const router = useRouter()
  const options = place.organizations.map(({ slug, name }) => [slug, name] as const)
  if (options.length < 2) return <p className="sidebar-organization">{options[0]?.[1]}</p>
  return (
    <Select
      label="Organization"
      value={place.org}
      options={options}
      onChange={(org) => void router.navigate({ to: '/organizations/$org/issues', params: { org } })}
    />
  )
}

const PROJECT_PAGE = /^(\/organizations\/[^/]+\/projects\/)[^/]+(\/[^/]+)/

/** Shows the same page of another project; from pages of the organization, the issues of that project. */
export const ProjectSwitcher = ({ place }: { place: Place }) => {
  const router = useRouter()
  const { pathname } = useLocation()
  const { org, projects = [], project } = place
  const open = (slug: string) => {
    const [, base, page] = PROJECT_PAGE.exec(pathname) ?? []
    if (base) return router.navigate({ href: `${base}${encodeURIComponent(slug)}${page}` })
    const id = projects.find((candidate) => candidate.slug === slug)?.id
    return router.navigate({
      to: '/organizations/$org/issues',
      params: { org },
      search: { ...(id && { project: id }) },
    })
  }
  return (
    <Select
      label="Switch project"
      value={project ?? ''}
      options={projects.map(({ slug, name }) => [slug, name] as const)}
      onChange={(slug) => void open(slug)}
    />
  )
}
