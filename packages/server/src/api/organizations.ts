import { Hono } from 'hono'
import * as v from 'valibot'
import type { ActorOrganization } from '../accounts/actor.ts'
import type { AuditLog } from '../ports/audit.ts'
import type { ProjectStore } from '../ports/projects.ts'
import type { ApiEnv } from './api-env.ts'
import { note } from './audit.ts'
import { authorize } from './authorize.ts'
import { clientOrigin } from './client-origin.ts'
import { iso } from './issue-json.ts'
import type { OrganizationJson } from './shapes.ts'
import { valid } from './valid.ts'

export interface OrganizationDeps {
  projects: Pick<ProjectStore, 'organization' | 'setOpen'>
  audit: AuditLog
  publicUrl: () => string
}

const OrganizationChange = v.object({ openMembership: v.boolean('must be true or false') })

export const organizationRoutes = ({ projects, publicUrl, audit }: OrganizationDeps) => {
  const organizationJson = async ({ slug }: ActorOrganization, origin: string): Promise<OrganizationJson> => {
    const found = (await projects.organization(slug))!
    return {
      id: String(found.id),
      slug,
      name: found.name,
      dateCreated: iso(found.createdAt),
      // Uploaders send everything that follows to these, so they are where the client already is.
      links: { organizationUrl: origin, regionUrl: origin },
      isEarlyAdopter: false,
      require2FA: false,
      requireEmailVerification: false,
      openMembership: found.isOpen,
      features: [],
    }
  }
  return new Hono<ApiEnv>()
    .get('/organizations/', authorize('org:read'), async (c) => {
      const origin = clientOrigin(c.req.url, publicUrl())
      return c.json(await Promise.all(c.var.actor!.organizations.map((one) => organizationJson(one, origin))))
    })
    .get('/organizations/:org/', authorize('org:read'), async (c) =>
      c.json(await organizationJson(c.var.organization, clientOrigin(c.req.url, publicUrl()))),
    )
    .put('/organizations/:org/', authorize('org:write'), valid('json', OrganizationChange), async (c) => {
      const { openMembership } = c.req.valid('json')
      const { organization } = c.var
      await projects.setOpen(organization.id, openMembership)
      await note(audit, c, { action: 'organization.edit', target: openMembership ? 'open' : 'by team' })
      return c.json(await organizationJson(organization, clientOrigin(c.req.url, publicUrl())))
    })
}
