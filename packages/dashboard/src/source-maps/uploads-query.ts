import type { ArtifactBundleJson, ArtifactFileJson, ResolvedIssueJson } from '@foghorn/server'
import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { getPage, path, remove, withQuery } from '../api/client.ts'
import { figuresKey, figuresQuery, keepWithin } from '../figures/figures-query.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { announce } from '../ui/announcer.tsx'

export interface Narrowed {
  release: string | undefined
  query: string | undefined
}

const bundlesPath = ({ org, project }: ProjectAddress): string =>
  path`/projects/${org}/${project}/files/artifact-bundles/`

export const uploadsQuery = (address: ProjectAddress, { release, query }: Narrowed) =>
  infiniteQueryOptions({
    queryKey: [...figuresKey(address), 'uploads', release, query],
    queryFn: ({ pageParam, signal }) =>
      getPage<ArtifactBundleJson>(withQuery(bundlesPath(address), { release, query, cursor: pageParam }), signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepWithin([...figuresKey(address), 'uploads']),
  })

export const filesQuery = (address: ProjectAddress, bundle: string) =>
  figuresQuery<{ files: ArtifactFileJson[] }>(address, `${path`artifact-bundles/${bundle}/`}files/`)

export const resolvedIssuesQuery = (address: ProjectAddress, bundle: string) =>
  figuresQuery<{ issues: ResolvedIssueJson[] }>(address, `${path`artifact-bundles/${bundle}/`}issues/`)

/** Deletes one upload, or all of a release. */
export const useRemoval = (address: ProjectAddress, which: { bundleId: string } | { release: string }) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => remove(withQuery(bundlesPath(address), which)),
    onSuccess: () => {
      announce('Deleted')
      return queryClient.invalidateQueries({ queryKey: figuresKey(address) })
    },
  })
}
