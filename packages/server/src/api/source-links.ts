import { Hono } from 'hono'
import * as v from 'valibot'
import type { AuditLog } from '../ports/audit.ts'
import type { SourceLinkStore } from '../ports/source-links.ts'
import type { ApiEnv } from './api-env.ts'
import { note } from './audit.ts'
import { authorize } from './authorize.ts'
import { valid } from './valid.ts'
import type { SourceLinksJson } from './view-shapes.ts'

export interface SourceLinkDeps {
  sourceLinks: SourceLinkStore
  audit: AuditLog
}

const WEB = ['http:', 'https:']
// Those of editors that open a file by its address. Anything else could run.
const EDITORS = ['vscode:', 'vscode-insiders:', 'vscodium:', 'cursor:', 'zed:', 'idea:', 'webstorm:', 'jetbrains:']
const PLACEHOLDERS = ['path', 'line', 'column', 'release', 'commit']

/** The scheme must stand there as it is: a placeholder could become any. */
const hasScheme = (schemes: readonly string[]) => (text: string) =>
  text === '' ||
  (schemes.some((scheme) => text.startsWith(`${scheme}//`)) && URL.canParse(text.replaceAll(/[{}]/g, '')))

const knowsPlaceholders = (text: string): boolean =>
  [...text.matchAll(/\{([^}]*)\}/g)].every(([, name]) => PLACEHOLDERS.includes(name!))

const template = (schemes: readonly string[]) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.maxLength(500, 'must be at most 500 characters'),
    v.check(hasScheme(schemes), `must begin with one of ${schemes.map((scheme) => `${scheme}//`).join(', ')}`),
    v.check(knowsPlaceholders, `knows only ${PLACEHOLDERS.map((name) => `{${name}}`).join(', ')}`),
    v.check((text) => text === '' || text.includes('{path}'), 'must have {path} where the file goes'),
  )

const Links = v.object({ repository: template(WEB), editor: template([...WEB, ...EDITORS]) })

/** Where people open the files that stacks lead to. */
export const sourceLinkRoutes = ({ sourceLinks, audit }: SourceLinkDeps) =>
  new Hono<ApiEnv>()
    .get('/projects/:org/:project/source-links/', authorize('project:read'), async (c) =>
      c.json((await sourceLinks.get(c.var.project.id)) satisfies SourceLinksJson),
    )
    .put('/projects/:org/:project/source-links/', authorize('project:write'), valid('json', Links), async (c) => {
      const links = c.req.valid('json')
      await sourceLinks.put(c.var.project.id, links)
      await note(audit, c, { action: 'source-links.edit', target: c.var.project.slug })
      return c.json(links satisfies SourceLinksJson)
    })
