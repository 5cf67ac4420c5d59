import { vValidator } from '@hono/valibot-validator'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import type { AccountStore } from '../ports/accounts.ts'
import type { AuditLog } from '../ports/audit.ts'
import type { Team, TeamStore } from '../ports/teams.ts'
import type { ApiEnv } from './api-env.ts'
import { note } from './audit.ts'
import { authorize } from './authorize.ts'
import { missing } from './find-issue.ts'
import { invalidInput } from './invalid-input.ts'
import { iso } from './issue-json.ts'
import { findMember } from './members.ts'
import { Slug } from './projects.ts'
import type { TeamJson } from './shapes.ts'

export interface TeamDeps {
  teams: TeamStore
  accounts: AccountStore
  audit: AuditLog
}

const NewTeam = v.object({
  slug: Slug,
  name: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100))),
})

const teamJson = ({ id, slug, name, createdAt, memberCount, projects }: Team): TeamJson => ({
  id: String(id),
  slug,
  name,
  dateCreated: iso(createdAt),
  memberCount,
  projects: projects.map((project) => ({ ...project, id: String(project.id) })),
})

export const teamRoutes = ({ teams, accounts, audit }: TeamDeps) => {
  const find = async (organizationId: number, slug: string): Promise<Team> =>
    (await teams.find(organizationId, slug)) ?? missing('The team')
  return new Hono<ApiEnv>()
    .get('/organizations/:org/teams/', authorize('team:read'), async (c) =>
      c.json((await teams.list(c.var.organization.id)).map(teamJson)),
    )
    .post(
      '/organizations/:org/teams/',
      authorize('team:write'),
      vValidator('json', NewTeam, invalidInput),
      async (c) => {
        const { slug, name = slug } = c.req.valid('json')
        const team = await teams.create({ organizationId: c.var.organization.id, slug, name })
        if (!team) throw new HTTPException(409, { message: `A team with the slug ${slug} exists already.` })
        await note(audit, c, { action: 'team.create', target: slug })
        return c.json(teamJson(team), 201)
      },
    )
    .get('/teams/:org/:team/', authorize('team:read'), async (c) =>
      c.json(teamJson(await find(c.var.organization.id, c.req.param('team')))),
    )
    .delete('/teams/:org/:team/', authorize('team:write'), async (c) => {
      const team = await find(c.var.organization.id, c.req.param('team'))
      await teams.remove(team.id)
      await note(audit, c, { action: 'team.remove', target: team.slug })
      return c.body(null, 204)
    })
    .on(['POST', 'DELETE'], '/organizations/:org/members/:member/teams/:team/', authorize('team:write'), async (c) => {
      const { id } = c.var.organization
      const team = await find(id, c.req.param('team'))
      const member = await findMember(accounts, id, c.req.param('member'))
      const isAdded = c.req.method === 'POST'
      await (isAdded ? teams.addMember(team.id, member.accountId) : teams.removeMember(team.id, member.accountId))
      await note(audit, c, {
        action: 'team.edit',
        target: `${team.slug}: ${isAdded ? 'with' : 'without'} ${member.email}`,
      })
      return c.json(teamJson(await find(id, team.slug)), isAdded ? 201 : 200)
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
      return c.json(teamJson(await find(organization.id, team.slug)), isAdded ? 201 : 200)
    })
}
