import { Hono } from 'hono'
import * as v from 'valibot'
import { readCodeowners, readOwnershipRules } from '../issues/ownership.ts'
import type { EventStore } from '../ports/events.ts'
import type { Ownership, OwnershipStore } from '../ports/ownership.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { missing } from './find-issue.ts'
import { invalidField } from './invalid-input.ts'
import { iso } from './issue-json.ts'
import type { EventOwnersJson, OwnershipJson } from './life-shapes.ts'
import { valid } from './valid.ts'

export interface OwnershipDeps {
  ownership: OwnershipStore
  events: Pick<EventStore, 'find'>
}

const file = (chars: number) => v.pipe(v.string(), v.maxLength(chars, `must be at most ${chars} characters`))

/** What is absent stays as it is. */
const OwnershipChange = v.object({
  raw: v.optional(v.nullable(file(100_000))),
  codeowners: v.optional(v.nullable(file(300_000))),
  autoAssignment: v.optional(v.boolean()),
})

const NAMES_CHECKED = 200

export const ownershipRoutes = ({ ownership, events }: OwnershipDeps) => {
  /** Owners that rules name and the organization does not have: their rules give issues to nobody. */
  const unknownOwners = async (organizationId: number, { raw, codeowners }: Ownership): Promise<string[]> => {
    const rules = [...readOwnershipRules(raw).rules, ...readCodeowners(codeowners)]
    const errors = []
    for (const name of [...new Set(rules.flatMap(({ owners }) => owners))].slice(0, NAMES_CHECKED))
      if (!(await ownership.findOwner(organizationId, name))) errors.push(`The organization has no ${name}.`)
    return errors
  }

  const json = async (organizationId: number, projectId: number): Promise<OwnershipJson> => {
    const { updatedAt, autoAssign, ...texts } = await ownership.get(projectId)
    return {
      ...texts,
      autoAssignment: autoAssign,
      lastUpdated: updatedAt === null ? null : iso(updatedAt),
      errors: await unknownOwners(organizationId, { ...texts, autoAssign }),
    }
  }

  return new Hono<ApiEnv>()
    .get('/projects/:org/:project/ownership/', authorize('project:read'), async (c) =>
      c.json(await json(c.var.organization.id, c.var.project.id)),
    )
    .put(
      '/projects/:org/:project/ownership/',
      authorize('project:write'),
      valid('json', OwnershipChange),
      async (c) => {
        const { id } = c.var.project
        const { raw, codeowners, autoAssignment } = c.req.valid('json')
        const [wrong] = readOwnershipRules(raw ?? '').errors
        if (wrong !== undefined) throw invalidField('raw', wrong)
        const before = await ownership.get(id)
        await ownership.put(id, {
          raw: raw === undefined ? before.raw : (raw ?? ''),
          codeowners: codeowners === undefined ? before.codeowners : (codeowners ?? ''),
          autoAssign: autoAssignment ?? before.autoAssign,
        })
        return c.json(await json(c.var.organization.id, id))
      },
    )
    .get('/projects/:org/:project/events/:event/owners/', authorize('event:read'), async (c) => {
      const event = await events.find(c.var.project.id, c.req.param('event').replaceAll('-', '').toLowerCase())
      const owned = await ownership.ownersOf(event ?? missing('The event'))
      const answer: EventOwnersJson = {
        owners: (owned?.owners ?? []).map(({ type, id }) => ({ type, id: String(id) })),
        rule: owned ? { matcher: `${owned.rule.on}:${owned.rule.pattern}`, owners: owned.rule.owners } : null,
      }
      return c.json(answer)
    })
}
