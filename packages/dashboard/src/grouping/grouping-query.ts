import type { GroupingPreviewJson, GroupingRuleJson, GroupingVersionJson, RegroupingJson } from '@foghorn/server'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { getJson, path, postJson, putJson } from '../api/client.ts'
import type { ProjectAddress } from '../projects/address.ts'

export type { ProjectAddress }

const rulesPath = ({ org, project }: ProjectAddress) => path`/projects/${org}/${project}/grouping-rules/`
const versionPath = ({ org, project }: ProjectAddress) => path`/projects/${org}/${project}/grouping-version/`

export const rulesQuery = (address: ProjectAddress) =>
  queryOptions({
    queryKey: ['grouping-rules', address.org, address.project],
    queryFn: ({ signal }) => getJson<{ rules: GroupingRuleJson[] }>(rulesPath(address), signal),
    // A form that is being filled in must not change.
    staleTime: Infinity,
  })

export const versionQuery = (address: ProjectAddress) =>
  queryOptions({
    queryKey: ['grouping-version', address.org, address.project],
    queryFn: ({ signal }) => getJson<GroupingVersionJson>(versionPath(address), signal),
  })

const PASS_REFRESH_MS = 3000
const PASSES_REFRESH_MS = 30_000

/** Passes over the project's stored events; asked for more often while one is under way. */
export const passesQuery = ({ org, project }: ProjectAddress) =>
  queryOptions({
    queryKey: ['regroupings', org, project],
    queryFn: ({ signal }) => getJson<RegroupingJson[]>(path`/projects/${org}/${project}/regroupings/`, signal),
    refetchInterval: ({ state }) =>
      state.data?.some(({ dateFinished }) => dateFinished === null) ? PASS_REFRESH_MS : PASSES_REFRESH_MS,
  })

export interface GroupingProposal {
  rules?: GroupingRuleJson[]
  version?: number
}

export const usePreview = (address: ProjectAddress) =>
  useMutation({
    mutationFn: (proposal: GroupingProposal) =>
      postJson<GroupingPreviewJson>(`${rulesPath(address)}preview/`, proposal),
  })

const useRefresh = ({ org, project }: ProjectAddress) => {
  const queryClient = useQueryClient()
  return () =>
    Promise.all(
      ['grouping-rules', 'grouping-version', 'regroupings'].map((key) =>
        queryClient.invalidateQueries({ queryKey: [key, org, project] }),
      ),
    )
}

export const useSaveRules = (address: ProjectAddress) => {
  const refresh = useRefresh(address)
  return useMutation({
    mutationFn: (rules: GroupingRuleJson[]) => putJson<unknown>(rulesPath(address), { rules }),
    onSuccess: refresh,
  })
}

export const useSwitch = (address: ProjectAddress) => {
  const refresh = useRefresh(address)
  return useMutation({
    mutationFn: (version: number) => putJson<GroupingVersionJson>(versionPath(address), { version }),
    onSuccess: refresh,
  })
}
