import type { Kysely } from 'kysely'
import type { LeanEvent } from '../../event.ts'
import type { Assignee } from '../../issues/life.ts'
import { originOf } from '../../issues/origin.ts'
import { findOwnershipRule, readCodeowners, readOwnershipRules, type OwnershipRule } from '../../issues/ownership.ts'
import type { Owned } from '../../ports/ownership.ts'
import type { Tables } from './tables.ts'

type Read = Kysely<Tables>

const members = (db: Read, organizationId: number) =>
  db
    .selectFrom('account')
    .innerJoin('membership', 'membership.account_id', 'account.id')
    .select('account.id')
    .where('membership.organization_id', '=', organizationId)
    .orderBy('account.id')

const findTeam = async (db: Read, organizationId: number, slug: string): Promise<Assignee | undefined> => {
  const row = await db
    .selectFrom('team')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('slug', '=', slug.toLowerCase())
    .executeTakeFirst()
  return row && { type: 'team', id: row.id }
}

const findMember = async (db: Read, organizationId: number, name: string): Promise<Assignee | undefined> => {
  const lower = name.toLowerCase()
  const all = members(db, organizationId)
  const row = lower.includes('@')
    ? await all.where((eb) => eb(eb.fn('lower', ['account.email']), '=', lower)).executeTakeFirst()
    : await all
        .where(({ eb, fn, or }) =>
          or([
            eb(fn('lower', ['account.name']), '=', lower),
            eb(fn('lower', ['account.email']), 'like', `${lower.replaceAll(/[%_]/g, '')}@%`),
          ]),
        )
        .executeTakeFirst()
  return row && { type: 'user', id: row.id }
}

const findByNumber = async (
  db: Read,
  organizationId: number,
  { type, id }: Assignee,
): Promise<Assignee | undefined> => {
  const row =
    type === 'user'
      ? await members(db, organizationId).where('account.id', '=', id).executeTakeFirst()
      : await db
          .selectFrom('team')
          .select('id')
          .where('organization_id', '=', organizationId)
          .where('id', '=', id)
          .executeTakeFirst()
  return row && { type, id }
}

/** The member or team that a name stands for: `user:1`, `team:1`, `ada@example.com`, `#shop`, `@org/shop`, `@ada`. */
export const findOwner = async (db: Read, organizationId: number, name: string): Promise<Assignee | undefined> => {
  const [, type, id] = /^(user|team):(\d{1,15})$/.exec(name) ?? []
  if (id !== undefined) return findByNumber(db, organizationId, { type: type as Assignee['type'], id: Number(id) })
  if (name.startsWith('#')) return findTeam(db, organizationId, name.slice(1))
  const [, team] = /^@[^/]+\/(.+)$/.exec(name) ?? []
  return team === undefined
    ? findMember(db, organizationId, name.replace(/^@/, ''))
    : findTeam(db, organizationId, team)
}

interface ProjectOwnership {
  organizationId: number
  autoAssign: boolean
  rules: OwnershipRule[]
  codeowners: OwnershipRule[]
}

const readOwnership = async (db: Read, projectId: number): Promise<ProjectOwnership | undefined> => {
  const row = await db
    .selectFrom('project_ownership')
    .innerJoin('project', 'project.id', 'project_ownership.project_id')
    .select(['project.organization_id', 'raw', 'codeowners', 'auto_assign'])
    .where('project_ownership.project_id', '=', projectId)
    .executeTakeFirst()
  return (
    row && {
      organizationId: row.organization_id,
      autoAssign: row.auto_assign === 1,
      rules: readOwnershipRules(row.raw).rules,
      codeowners: readCodeowners(row.codeowners),
    }
  )
}

export interface ProjectOwners {
  /** Whoever owns what an event comes from, as the rule names them. */
  namesOf(event: Pick<LeanEvent, 'projectId' | 'stacks' | 'payload'>): Promise<readonly string[]>
  /** Who owns what an event comes from; the project's own rules decide before CODEOWNERS. */
  of(event: Pick<LeanEvent, 'projectId' | 'stacks' | 'payload'>): Promise<Owned | undefined>
  /** Whom a new issue is given to. */
  assigneeOf(
    event: Pick<LeanEvent, 'projectId' | 'stacks' | 'payload'>,
  ): Promise<{ to: Assignee; why: string } | undefined>
}

/** Reads the rules of each project once. */
export const projectOwners = (db: Read): ProjectOwners => {
  const known = new Map<number, ProjectOwnership | undefined>()
  const read = async (projectId: number): Promise<ProjectOwnership | undefined> => {
    if (!known.has(projectId)) known.set(projectId, await readOwnership(db, projectId))
    return known.get(projectId)
  }
  const findRule = async (event: Pick<LeanEvent, 'projectId' | 'stacks' | 'payload'>) => {
    const ownership = await read(event.projectId)
    if (!ownership) return undefined
    const origin = originOf(event)
    return findOwnershipRule(ownership.rules, origin) ?? findOwnershipRule(ownership.codeowners, origin)
  }
  const of: ProjectOwners['of'] = async (event) => {
    const rule = await findRule(event)
    if (!rule) return undefined
    const { organizationId } = (await read(event.projectId))!
    const owners = []
    for (const name of rule.owners) owners.push(await findOwner(db, organizationId, name))
    return { rule, owners: owners.filter((owner) => owner !== undefined) }
  }
  return {
    of,
    namesOf: async (event) => (await findRule(event))?.owners ?? [],
    assigneeOf: async (event) => {
      if (!(await read(event.projectId))?.autoAssign) return undefined
      const owned = await of(event)
      const [to] = owned?.owners ?? []
      return to && { to, why: `${owned!.rule.on}:${owned!.rule.pattern}` }
    },
  }
}
