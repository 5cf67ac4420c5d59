import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import type { ActorOrganization } from '../accounts/actor.ts'
import { changeRole, refusalOf } from '../accounts/change-role.ts'
import { invite } from '../accounts/invite.ts'
import { ROLES, type AccountStore, type Member, type Role } from '../ports/accounts.ts'
import type { AuditLog } from '../ports/audit.ts'
import type { IdentityStore } from '../ports/identities.ts'
import type { TeamPlace, TeamStore } from '../ports/teams.ts'
import type { ApiEnv } from './api-env.ts'
import { note } from './audit.ts'
import { authorize } from './authorize.ts'
import { missing } from './find-issue.ts'
import { iso } from './issue-json.ts'
import type { MemberJson } from './shapes.ts'
import { valid } from './valid.ts'

export interface MemberDeps {
  accounts: AccountStore
  identities: Pick<IdentityStore, 'hasIdentity'>
  teams: TeamStore
  audit: AuditLog
  publicUrl: () => string
  now: () => number
}

const RoleName = v.picklist(ROLES, `must be one of ${ROLES.join(', ')}`)

// Sentry's clients send `orgRole`, older ones `role`.
const Wish = v.object({ orgRole: v.optional(RoleName), role: v.optional(RoleName) })

const NewMember = v.object({
  ...Wish.entries,
  email: v.pipe(v.string(), v.trim(), v.email('This is not an e-mail address.'), v.maxLength(200)),
})

const roleOf = ({ orgRole, role }: v.InferOutput<typeof Wish>): Role | undefined => orgRole ?? role

const memberJson = (member: Member, teams: readonly TeamPlace[] = []): MemberJson => ({
  id: String(member.accountId),
  email: member.email,
  name: member.name,
  role: member.role,
  orgRole: member.role,
  roleName: member.role,
  pending: member.isPending,
  expired: false,
  inviteStatus: 'approved',
  user: member.isPending ? null : { id: String(member.accountId), email: member.email, name: member.name },
  teams: teams.map(({ slug }) => slug),
  teamRoles: teams.map(({ slug, role }) => ({ teamSlug: slug, role })),
  dateCreated: iso(member.createdAt),
})

const refuse = (detail: string): never => {
  throw new HTTPException(403, { message: detail })
}

const mayMakeOwners = (organization: ActorOrganization): boolean => organization.scopes.includes('org:admin')

/** A member by the ID of the path. Somebody of another organization does not exist. */
export const findMember = async (
  accounts: AccountStore,
  organizationId: number,
  id: string | undefined,
): Promise<Member> =>
  (await accounts.members(organizationId)).find((member) => String(member.accountId) === id) ?? missing('The member')

export const memberRoutes = ({ accounts, identities, teams, audit, publicUrl, now }: MemberDeps) => {
  const change = async (
    organization: ActorOrganization,
    id: string | undefined,
    to: Role | undefined,
  ): Promise<Member> => {
    const members = await accounts.members(organization.id)
    const member = await findMember(accounts, organization.id, id)
    const refusal = refusalOf({ member, to, by: { mayMakeOwners: mayMakeOwners(organization) } }, members)
    if (refusal !== undefined) refuse(refusal)
    await changeRole(accounts, { accountId: member.accountId, organizationId: organization.id, to })
    return member
  }
  return new Hono<ApiEnv>()
    .get('/organizations/:org/members/', authorize('member:read'), async (c) => {
      const { id } = c.var.organization
      const [members, teamsOf] = await Promise.all([accounts.members(id), teams.ofMembers(id)])
      return c.json(members.map((member) => memberJson(member, teamsOf.get(member.accountId))))
    })
    .post('/organizations/:org/members/', authorize('member:write'), valid('json', NewMember), async (c) => {
      const { email, ...wish } = c.req.valid('json')
      const { organization } = c.var
      const role = roleOf(wish) ?? 'member'
      if (role === 'owner' && !mayMakeOwners(organization)) refuse('Only owners decide who is an owner.')
      const invitation = await invite({ accounts, identities }, { email, organizationId: organization.id, role }, now())
      if (!invitation) throw new HTTPException(409, { message: `${email} is a member already.` })
      await note(audit, c, { action: 'member.invite', target: `${invitation.account.email} as ${role}` })
      const member = await findMember(accounts, organization.id, String(invitation.account.id))
      const link = invitation.secret && `${publicUrl()}/setup?token=${invitation.secret}`
      return c.json({ ...memberJson(member), inviteLink: link ?? null }, 201)
    })
    .get('/organizations/:org/members/:member/', authorize('member:read'), async (c) => {
      const member = await findMember(accounts, c.var.organization.id, c.req.param('member'))
      return c.json(memberJson(member, (await teams.ofMembers(c.var.organization.id)).get(member.accountId)))
    })
    .put('/organizations/:org/members/:member/', authorize('member:write'), valid('json', Wish), async (c) => {
      const to = roleOf(c.req.valid('json'))
      if (to === undefined) throw new HTTPException(400, { message: `Say orgRole: one of ${ROLES.join(', ')}.` })
      const member = await change(c.var.organization, c.req.param('member'), to)
      await note(audit, c, { action: 'member.edit', target: `${member.email}: ${member.role} to ${to}` })
      return c.json(memberJson({ ...member, role: to }))
    })
    .delete('/organizations/:org/members/:member/', authorize('member:write'), async (c) => {
      const member = await change(c.var.organization, c.req.param('member'), undefined)
      await note(audit, c, { action: 'member.remove', target: member.email })
      return c.body(null, 204)
    })
}
