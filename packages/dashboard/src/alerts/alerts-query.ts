import type { AlertJson, AlertRuleJson, ChannelJson, DryRunJson, NewChannelJson } from '@foghorn/server'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { getJson, path, postJson, putNothing, remove } from '../api/client.ts'
import type { NewRule } from './new-rule.ts'
import type { ProjectAddress } from '../projects/address.ts'

export type { ProjectAddress }

const REFRESH_MS = 15_000

const alertsPath = ({ org, project }: ProjectAddress) => path`/projects/${org}/${project}/alerts/`
const rulesPath = ({ org, project }: ProjectAddress) => path`/projects/${org}/${project}/alert-rules/`
const channelsPath = (org: string) => path`/organizations/${org}/channels/`

export const alertsQuery = (address: ProjectAddress) =>
  queryOptions({
    queryKey: ['alerts', address.org, address.project],
    queryFn: ({ signal }) => getJson<AlertJson[]>(alertsPath(address), signal),
    refetchInterval: REFRESH_MS,
  })

export const rulesQuery = (address: ProjectAddress) =>
  queryOptions({
    queryKey: ['alert-rules', address.org, address.project],
    queryFn: ({ signal }) => getJson<AlertRuleJson[]>(rulesPath(address), signal),
  })

export const channelsQuery = (org: string) =>
  queryOptions({
    queryKey: ['channels', org],
    queryFn: ({ signal }) => getJson<ChannelJson[]>(channelsPath(org), signal),
  })

const useChange = <Input, Output>(key: readonly string[], mutationFn: (input: Input) => Promise<Output>) => {
  const queryClient = useQueryClient()
  return useMutation({ mutationFn, onSuccess: () => queryClient.invalidateQueries({ queryKey: key }) })
}

export const useChangeAlert = (address: ProjectAddress) =>
  useChange(
    ['alerts', address.org, address.project],
    ({ id, change }: { id: string; change: 'acknowledged' | 'resolved' }) =>
      putNothing(`${alertsPath(address)}${encodeURIComponent(id)}/`, { [change]: true }),
  )

export const useAddRule = (address: ProjectAddress) =>
  useChange(['alert-rules', address.org, address.project], (rule: NewRule) =>
    postJson<AlertRuleJson>(rulesPath(address), rule),
  )

export const useMute = (address: ProjectAddress) =>
  useChange(['alert-rules', address.org, address.project], ({ id, until }: { id: string; until: string | null }) =>
    putNothing(`${rulesPath(address)}${encodeURIComponent(id)}/mute/`, { until }),
  )

export const useRemoveRule = (address: ProjectAddress) =>
  useChange(['alert-rules', address.org, address.project], (id: string) =>
    remove(`${rulesPath(address)}${encodeURIComponent(id)}/`),
  )

export const useDryRun = (address: ProjectAddress) =>
  useMutation({
    mutationFn: (rule: NewRule) => postJson<DryRunJson>(`${rulesPath(address)}dry-run/`, { rule }),
  })

export const useAddChannel = (org: string) =>
  useChange(['channels', org], (channel: { name: string; target: object }) =>
    postJson<NewChannelJson>(channelsPath(org), channel),
  )

export const useRemoveChannel = (org: string) =>
  useChange(['channels', org], (id: string) => remove(`${channelsPath(org)}${encodeURIComponent(id)}/`))

export const useTestChannel = (org: string) =>
  useMutation({
    mutationFn: (id: string) =>
      postJson<{ status: string; answer: string }>(`${channelsPath(org)}${encodeURIComponent(id)}/test/`, {}),
  })
