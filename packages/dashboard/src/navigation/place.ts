import type { ProjectJson, SessionJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { useLocation, useRouteContext } from '@tanstack/react-router'
import { useEffect } from 'react'
import { projectsQuery } from '../projects/projects-query.ts'

export interface Place {
  org: string
  organizations: SessionJson['organizations']
  /** Absent while they are being loaded. */
  projects: ProjectJson[] | undefined
  /** Slug of the project that the pages of a project are about. */
  project: string | undefined
}

const STORAGE_KEY = 'foghorn.project.'

// Storage may be refused, as in some private windows.
const remembered = (org: string): string | null => {
  try {
    return sessionStorage.getItem(STORAGE_KEY + org)
  } catch {
    return null
  }
}

const remember = (org: string, project: string): void => {
  try {
    sessionStorage.setItem(STORAGE_KEY + org, project)
  } catch {
    // The first project is then the current one on pages that name none.
  }
}

/** The names in an address: `/organizations/acme/projects/shop/alerts` is about `acme` and `shop`. */
export const namesIn = (pathname: string): { org?: string | undefined; project?: string | undefined } => {
  const [, org, project] = /^\/organizations\/([^/]+)(?:\/projects\/([^/]+)\/.)?/.exec(pathname) ?? []
  return { org: org && decodeURIComponent(org), project: project && decodeURIComponent(project) }
}

/** The project that an address names, else the one of before, else the first. */
const choose = (projects: ProjectJson[], wishes: (string | null | undefined)[]): string | undefined => {
  const wished = wishes.map((wish) => projects.find(({ slug, id }) => wish === slug || wish === id))
  return (wished.find((project) => project !== undefined) ?? projects[0])?.slug
}

/** Which organization and project the pages are about; undefined for people who belong to no organization. */
export const usePlace = (): Place | undefined => {
  const { organizations } = useRouteContext({ from: '/signed-in', select: (context) => context.session })
  const { pathname, search } = useLocation()
  const named = namesIn(pathname)
  const org = named.org ?? organizations[0]?.slug
  const { data: projects } = useQuery({ ...projectsQuery(org ?? ''), enabled: org !== undefined })
  const project = projects && org && choose(projects, [named.project, search.project, remembered(org)])
  useEffect(() => {
    if (org && project) remember(org, project)
  }, [org, project])
  return org === undefined ? undefined : { org, organizations, projects, project }
}
