import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import type { ActorOrganization } from '../accounts/actor.ts'
import { TEAM_ROLES, type AccountStore } from '../ports/accounts.ts'
import type { AuditLog } from '../ports/audit.ts'
import type { Team, TeamStore } from '../ports/teams.ts'
import type { ApiEnv } from './api-env.ts'
import { note } from './audit.ts'
import { authorize } from './authorize.ts'
import { missing } from './find-issue.ts'
import { iso } from './issue-json.ts'
import { findMember } from './members.ts'
import { Slug } from './projects.ts'
import { readJson } from './read-body.ts'
import type { TeamJson } from './shapes.ts'
import { valid } from './valid.ts'

export interface TeamDeps {
  teams: TeamStore
  accounts: AccountStore
  audit: AuditLog
}

const NewTeam = v.object({
  slug: Slug,
  name: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100))),
})

// Clients that only add somebody send no body at all.
const Place = v.object({
  teamRole: v.nullish(v.picklist(TEAM_ROLES, `must be one of ${TEAM_ROLES.join(', ')}, or null`)),
})

/** A team as somebody sees it: with those of its projects that they see. */
const teamJson = (
  { id, slug, name, createdAt, memberCount, projects }: Team,
  { scopesOn }: ActorOrganization,
): TeamJson => ({
  id: String(id),
  slug,
  name,
  dateCreated: iso(createdAt),
  memberCount,
  projects: projects
    .filter((project) => scopesOn(project.id).length > 0)
    .map((project) => ({ ...project, id: String(project.id) })),
})

export const teamRoutes = ({ teams, accounts, audit }: TeamDeps) => {
  const find = async (organizationId: number, slug: string): Promise<Team> =>
    (await teams.find(organizationId, slug)) ?? missing('The team')
  return new Hono<ApiEnv>()
    .get('/organizations/:org/teams/', authorize('team:read'), async (c) =>
      c.json((await teams.list(c.var.organization.id)).map((team) => teamJson(team, c.var.organization))),
    )
    .post('/organizations/:org/teams/', authorize('team:write'), valid('json', NewTeam), async (c) => {
      const { slug, name = slug } = c.req.valid('json')
      const team = await teams.create({ organizationId: c.var.organization.id, slug, name })
      if (!team) throw new HTTPException(409, { message: `A team with the slug ${slug} exists already.` })
      await note(audit, c, { action: 'team.create', target: slug })
      return c.json(teamJson(team, c.var.organization), 201)
    })
    .get('/teams/:org/:team/', authorize('team:read'), async (c) =>
      c.json(teamJson(await find(c.var.organization.id, c.req.param('team')), c.var.organization)),
    )
    .delete('/teams/:org/:team/', authorize('team:write'), async (c) => {
      const team = await find(c.var.organization.id, c.req.param('team'))
      await teams.remove(team.id)
      await note(audit, c, { action: 'team.remove', target: team.slug })
      return c.body(null, 204)
    })
    .on(['POST', 'PUT'], '/organizations/:org/members/:member/teams/:team/', authorize('team:write'), async (c) => {
      const { id } = c.var.organization
      const { teamRole = null } = await readJson(c.req, Place)
      const team = await find(id, c.req.param('team'))
      const member = await findMember(accounts, id, c.req.param('member'))
      await teams.addMember(team.id, member.accountId, teamRole)
      const as = teamRole === null ? '' : ` as ${teamRole}`
      await note(audit, c, { action: 'team.edit', target: `${team.slug}: with ${member.email}${as}` })
      return c.json(teamJson(await find(id, team.slug), c.var.organization), c.req.method === 'POST' ? 201 : 200)
    })
    .delete('/organizations/:org/members/:member/teams/:team/', authorize('team:write'), async (c) => {
      const { id } = c.var.organization
      const team = await find(id, c.req.param('team'))
      const member = await findMember(accounts, id, c.req.param('member'))
      await teams.removeMember(team.id, member.accountId)
      await note(audit, c, { action: 'team.edit', target: `${team.slug}: without ${member.email}` })
      return c.json(teamJson(await find(id, team.slug), c.var.organization))
    })
    .on(['POST', 'DELETE'], '/projects/:org/:project/teams/:team/', authorize('team:write'), async (c) => {
      const { organization, project } = c.var
      const team = await find(organization.id, c.req.param('team'))
      const isAdded = c.req.method === 'POST'
      await (isAdded ? teams.addProject(team.id, project.id) : teams.removeProject(team.id, project.id))
      await note(audit, c, {
        action: 'team.edit',
        target: `${team.slug}: ${isAdded ? 'with' : 'without'} ${project.slug}`,
      })
      return c.json(teamJson(await find(organization.id, team.slug), organization), isAdded ? 201 : 200)
    })
}
