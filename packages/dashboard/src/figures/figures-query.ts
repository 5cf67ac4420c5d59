import { queryOptions } from '@tanstack/react-query'
import { getJson, path, withQuery } from '../api/client.ts'
import type { ProjectAddress } from '../projects/address.ts'

const REFRESH_MS = 60_000

export const figuresKey = ({ org, project }: ProjectAddress) => ['figures', org, project]

/**
 * Shows the former data while others of the same thing are on their way, so that the page does not jump; those of another
 * project or release are never shown in their place.
 */
export const keepWithin =
  (key: readonly unknown[]) =>
  <Data>(data: Data | undefined, query: { queryKey: readonly unknown[] } | undefined): Data | undefined =>
    query && key.every((part, at) => query.queryKey[at] === part) ? data : undefined

/**
 * What an address below a project's answers, kept up to date.
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
    placeholderData: keepWithin([...figuresKey(address), what]),
    refetchInterval: REFRESH_MS,
  })
