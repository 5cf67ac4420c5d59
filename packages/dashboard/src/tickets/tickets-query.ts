import type { NewTicketSystemJson, TicketJson, TicketSystemJson } from '@foghorn/server'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { getJson, path, postJson, putJson, remove } from '../api/client.ts'
import { useChange } from '../api/use-change.ts'
import type { IssueAddress } from '../issue/issue-query.ts'

const REFRESH_MS = 15_000
/** While a ticket is being made. */
const SOON_MS = 1500

const systemsPath = (org: string): string => path`/organizations/${org}/ticket-systems/`
const systemPath = (org: string, id: string): string => `${systemsPath(org)}${encodeURIComponent(id)}/`
const ticketsPath = ({ org, issueId }: IssueAddress): string => path`/organizations/${org}/issues/${issueId}/tickets/`

const systemsKey = (org: string) => ['ticket-systems', org]
const issueKey = ({ org, issueId }: IssueAddress) => ['issue', org, issueId]
const ticketsKey = (address: IssueAddress) => [...issueKey(address), 'tickets']

export const systemsQuery = (org: string) =>
  queryOptions({
    queryKey: systemsKey(org),
    queryFn: ({ signal }) => getJson<TicketSystemJson[]>(systemsPath(org), signal),
    staleTime: REFRESH_MS,
  })

export const ticketsQuery = (address: IssueAddress) =>
  queryOptions({
    queryKey: ticketsKey(address),
    queryFn: ({ signal }) => getJson<TicketJson[]>(ticketsPath(address), signal),
    refetchInterval: ({ state }) => (state.data?.some(({ state: one }) => one === 'wanted') ? SOON_MS : REFRESH_MS),
  })

export interface NewSystem {
  name: string
  target: object
}

export const useConnect = (org: string) =>
  useChange({
    change: (system: NewSystem) => postJson<NewTicketSystemJson>(systemsPath(org), system),
    touches: [systemsKey(org)],
    says: 'Connected',
  })

export interface SystemChange {
  reactions?: Partial<Record<keyof TicketSystemJson['reactions'], string>>
  hookSecret?: string
}

export const useChangeSystem = (org: string, id: string) =>
  useChange({
    change: (change: SystemChange) => putJson<TicketSystemJson>(systemPath(org, id), change),
    touches: [systemsKey(org)],
    says: 'Saved',
  })

export const useDisconnect = (org: string, id: string) =>
  useChange<void, void>({
    change: () => remove(systemPath(org, id)),
    touches: [systemsKey(org)],
    says: 'Removed',
  })

export const useTestSystem = (org: string, id: string) =>
  useMutation({ mutationFn: () => postJson<{ status: string; answer: string }>(`${systemPath(org, id)}test/`, {}) })

/** Makes a ticket, or links the one that is named. */
export const useAddTicket = (address: IssueAddress) =>
  useChange({
    change: (wanted: { system: string; ticket?: string }) => postJson<TicketJson>(ticketsPath(address), wanted),
    touches: [issueKey(address)],
    says: 'Added',
  })

export const useUnlink = (address: IssueAddress, id: string) =>
  useChange<void, void>({
    change: () => remove(`${ticketsPath(address)}${encodeURIComponent(id)}/`),
    touches: [issueKey(address)],
    says: 'Unlinked',
  })
