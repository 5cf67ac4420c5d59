import type { ProjectJson, ProjectKeyJson } from '@foghorn/server'
import { queryOptions } from '@tanstack/react-query'
import { getJson, path, postJson } from '../api/client.ts'

export const projectsQuery = (org: string) =>
  queryOptions({
    queryKey: ['projects', org],
    queryFn: ({ signal }) => getJson<ProjectJson[]>(path`/organizations/${org}/projects/`, signal),
    staleTime: 60_000,
  })

export const projectKeysQuery = (org: string, project: string) =>
  queryOptions({
    queryKey: ['keys', org, project],
    queryFn: ({ signal }) => getJson<ProjectKeyJson[]>(path`/projects/${org}/${project}/keys/`, signal),
  })

export const createProject = (org: string, project: { slug: string; name: string }) =>
  postJson<ProjectJson>(path`/organizations/${org}/projects/`, project)
