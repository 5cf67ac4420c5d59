import type { AuditEntryJson, MemberJson, OrganizationJson, TeamJson, TokenJson } from '@foghorn/server'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { getJson, getPart, path, postJson, putNothing, remove, withQuery } from '../api/client.ts'
import { useChange } from '../api/use-change.ts'

const base = (org: string) => path`/organizations/${org}/`

export const organizationQuery = (org: string) =>
  queryOptions({
    queryKey: ['organization', org],
    queryFn: ({ signal }) => getJson<OrganizationJson>(base(org), signal),
  })

export const useOpen = (org: string) =>
  useChange({
    change: (openMembership: boolean) => putNothing(base(org), { openMembership }),
    touches: [organizationQuery(org).queryKey],
    says: 'Access saved',
  })

export const membersQuery = (org: string) =>
  queryOptions({
    queryKey: ['members', org],
    queryFn: ({ signal }) => getJson<MemberJson[]>(`${base(org)}members/`, signal),
  })

export type Role = MemberJson['role']

export const ROLES: readonly (readonly [Role, string])[] = [
  ['viewer', 'Viewer: reads'],
  ['member', 'Member: works on issues'],
  ['admin', 'Admin: sets up projects and people'],
  ['owner', 'Owner: decides everything'],
]

const memberPath = (org: string, id: string) => `${base(org)}members/${encodeURIComponent(id)}/`

export const useInvite = (org: string) =>
  useChange({
    change: (member: { email: string; orgRole: Role }) =>
      postJson<MemberJson & { inviteLink: string | null }>(`${base(org)}members/`, member),
    touches: [membersQuery(org).queryKey],
    says: 'Invited',
  })

export const useChangeRole = (org: string) =>
  useChange({
    change: ({ id, orgRole }: { id: string; orgRole: Role }) => putNothing(memberPath(org, id), { orgRole }),
    touches: [membersQuery(org).queryKey],
    says: 'Role changed',
  })

export const useRemoveMember = (org: string, id: string) =>
  useChange<void, void>({
    change: () => remove(memberPath(org, id)),
    touches: [membersQuery(org).queryKey],
    says: 'Member removed',
  })

export const teamsQuery = (org: string) =>
  queryOptions({
    queryKey: ['teams', org],
    queryFn: ({ signal }) => getJson<TeamJson[]>(`${base(org)}teams/`, signal),
  })

const teamKeys = (org: string) => [teamsQuery(org).queryKey, membersQuery(org).queryKey]

export const useAddTeam = (org: string) =>
  useChange({
    change: (team: { slug: string; name: string }) => postJson<TeamJson>(`${base(org)}teams/`, team),
    touches: teamKeys(org),
    says: 'Team made',
  })

export const useRemoveTeam = (org: string, team: string) =>
  useChange<void, void>({
    change: () => remove(path`/teams/${org}/${team}/`),
    touches: teamKeys(org),
    says: 'Team removed',
  })

/** Puts somebody or a project into a team, or takes them out. */
export const useTeamPlace = (org: string, team: string) =>
  useChange({
    change: async ({ who, isIn }: { who: { member: string } | { project: string }; isIn: boolean }) => {
      const place =
        'member' in who
          ? path`/organizations/${org}/members/${who.member}/teams/${team}/`
          : path`/projects/${org}/${who.project}/teams/${team}/`
      await (isIn ? postJson<TeamJson>(place, {}) : remove(place))
    },
    touches: teamKeys(org),
    says: 'Team changed',
  })

export const tokensQuery = (org: string) =>
  queryOptions({
    queryKey: ['tokens', org],
    queryFn: ({ signal }) => getJson<TokenJson[]>(`${base(org)}org-auth-tokens/`, signal),
  })

export const useAddToken = (org: string) =>
  useChange({
    change: (token: { name: string; scopes: string[]; expiresInDays?: number }) =>
      postJson<TokenJson & { token: string }>(`${base(org)}org-auth-tokens/`, token),
    touches: [tokensQuery(org).queryKey],
    says: 'Token made',
  })

export const useRevokeToken = (org: string, id: string) =>
  useChange<void, void>({
    change: () => remove(`${base(org)}org-auth-tokens/${encodeURIComponent(id)}/`),
    touches: [tokensQuery(org).queryKey],
    says: 'Token revoked',
  })

export const auditQuery = (org: string) =>
  infiniteQueryOptions({
    queryKey: ['audit-log', org],
    queryFn: async ({ pageParam, signal }) => {
      const address = withQuery(`${base(org)}audit-logs/`, { cursor: pageParam })
      const { body, next } = await getPart<{ rows: AuditEntryJson[] }>(address, signal)
      return { rows: body.rows, next }
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
