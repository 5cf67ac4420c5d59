import type { Selectable } from 'kysely'
import type { TeamRole } from '../../ports/accounts.ts'
import type { Team, TeamPlace, TeamStore } from '../../ports/teams.ts'
import type { MainDatabase } from './main-database.ts'
import type { Tables } from './tables.ts'

const toTeam = async (db: MainDatabase, row: Selectable<Tables['team']>): Promise<Team> => {
  const projects = await db
    .selectFrom('team_project')
    .innerJoin('project', 'project.id', 'team_project.project_id')
    .select(['project.id', 'project.slug', 'project.name'])
    .where('team_id', '=', row.id)
    .orderBy('project.slug')
    .execute()
  const members = await db.selectFrom('team_member').select('account_id').where('team_id', '=', row.id).execute()
  const { id, slug, name, created_at: createdAt } = row
  return { id, slug, name, createdAt: Number(createdAt), memberCount: members.length, projects }
}

type Links = Pick<TeamStore, 'addMember' | 'removeMember' | 'addProject' | 'removeProject'>

const links = (db: MainDatabase): Links => ({
  addMember: async (teamId, accountId, role) => {
    await db
      .insertInto('team_member')
      .values({ team_id: teamId, account_id: accountId, role })
      .onConflict((conflict) => conflict.columns(['team_id', 'account_id']).doUpdateSet({ role }))
      .execute()
  },
  removeMember: async (teamId, accountId) => {
    await db.deleteFrom('team_member').where('team_id', '=', teamId).where('account_id', '=', accountId).execute()
  },
  addProject: async (teamId, projectId) => {
    await db
      .insertInto('team_project')
      .values({ team_id: teamId, project_id: projectId })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  },
  removeProject: async (teamId, projectId) => {
    await db.deleteFrom('team_project').where('team_id', '=', teamId).where('project_id', '=', projectId).execute()
  },
})

export const sqlTeamStore = (db: MainDatabase, now: () => number): TeamStore => ({
  ...links(db),
  list: async (organizationId) => {
    const rows = await db
      .selectFrom('team')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .orderBy('slug')
      .execute()
    return Promise.all(rows.map((row) => toTeam(db, row)))
  },
  find: async (organizationId, slug) => {
    const row = await db
      .selectFrom('team')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .where('slug', '=', slug)
      .executeTakeFirst()
    return row && toTeam(db, row)
  },
  create: async ({ organizationId, slug, name }) => {
    const row = await db
      .insertInto('team')
      .values({ organization_id: organizationId, slug, name, created_at: now() })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst()
    return row && toTeam(db, row)
  },
  remove: (teamId) =>
    db.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('team_member').where('team_id', '=', teamId).execute()
      await transaction.deleteFrom('team_project').where('team_id', '=', teamId).execute()
      await transaction.deleteFrom('team').where('id', '=', teamId).execute()
    }),
  ofMembers: async (organizationId) => {
    const rows = await db
      .selectFrom('team_member')
      .innerJoin('team', 'team.id', 'team_member.team_id')
      .select(['team_member.account_id', 'team.slug', 'team_member.role'])
      .where('team.organization_id', '=', organizationId)
      .orderBy('team.slug')
      .execute()
    const byAccount = new Map<number, TeamPlace[]>()
    for (const { account_id: id, slug, role } of rows)
      byAccount.set(id, [...(byAccount.get(id) ?? []), { slug, role: role as TeamRole | null }])
    return byAccount
  },
})
