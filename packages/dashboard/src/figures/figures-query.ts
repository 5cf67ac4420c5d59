import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getJson, path, withQuery } from '../api/client.ts'
import type { ProjectAddress } from '../projects/address.ts'

const REFRESH_MS = 60_000

export const figuresKey = ({ org, project }: ProjectAddress) => ['figures', org, project]

/**
 * What an address below a project's answers, kept up to date. While other figures are on their way the former ones stay, so
 * that the page does not jump.
 */
export const figuresQuery = <Body>(
  address: ProjectAddress,
  what: string,
  query: Record<string, string | undefined> = {},
) =>
  queryOptions({
    queryKey: [...figuresKey(address), what, query],
    queryFn: ({ signal }) =>
      getJson<Body>(withQuery(`${path`/projects/${address.org}/${address.project}/`}${what}`, query), signal),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  })
