import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { SCOPES, type Scope } from '../accounts/scopes.ts'
import { hashSecret, newSecret, TOKEN_PREFIX } from '../accounts/secret.ts'
import type { AccountStore, TokenRecord } from '../ports/accounts.ts'
import type { AuditLog } from '../ports/audit.ts'
import type { ApiEnv } from './api-env.ts'
import { note } from './audit.ts'
import { authorize } from './authorize.ts'
import { missing } from './find-issue.ts'
import { iso } from './issue-json.ts'
import type { TokenJson } from './shapes.ts'
import { valid } from './valid.ts'

export interface TokenDeps {
  accounts: AccountStore
  audit: AuditLog
  now: () => number
}

const DAY_MS = 24 * 3_600_000
const ENDING_CHARS = 4

const NewToken = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1, 'Say what the token is for.'), v.maxLength(100)),
  scopes: v.optional(
    v.pipe(v.array(v.picklist(SCOPES, `must be one of ${SCOPES.join(', ')}`)), v.minLength(1, 'Choose at least one.')),
  ),
  /** Absent: it opens until it is revoked. */
  expiresInDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3650))),
})

const tokenJson = ({ id, name, scopes, ending, createdAt, lastUsedAt, expiresAt }: TokenRecord): TokenJson => ({
  id: String(id),
  name,
  scopes,
  tokenLastCharacters: ending,
  dateCreated: iso(createdAt),
  dateLastUsed: lastUsedAt === null ? null : iso(lastUsedAt),
  dateExpires: expiresAt === null ? null : iso(expiresAt),
})

/** Nobody hands on more than they have. */
const checkScopes = (wanted: readonly Scope[], own: readonly Scope[]): void => {
  const more = wanted.filter((scope) => !own.includes(scope))
  if (more.length > 0) throw new HTTPException(403, { message: `You do not have ${more.join(', ')} yourself.` })
}

export const tokenRoutes = ({ accounts, audit, now }: TokenDeps) =>
  new Hono<ApiEnv>()
    .get('/organizations/:org/org-auth-tokens/', authorize('org:write'), async (c) =>
      c.json((await accounts.tokens(c.var.organization.id)).map(tokenJson)),
    )
    .post('/organizations/:org/org-auth-tokens/', authorize('org:write'), valid('json', NewToken), async (c) => {
      const { id: organizationId, scopes: own } = c.var.organization
      const { name, scopes = ['org:read', 'project:releases'], expiresInDays } = c.req.valid('json')
      checkScopes(scopes, own)
      const token = newSecret(TOKEN_PREFIX)
      const id = await accounts.addToken({
        secretHash: hashSecret(token),
        organizationId,
        name,
        scopes: [...scopes],
        ending: token.slice(-ENDING_CHARS),
        expiresAt: expiresInDays === undefined ? undefined : now() + expiresInDays * DAY_MS,
      })
      await note(audit, c, { action: 'token.create', target: `${name}: ${scopes.join(' ')}` })
      const record = (await accounts.tokens(organizationId)).find((one) => one.id === id)!
      return c.json({ ...tokenJson(record), token }, 201)
    })
    .delete('/organizations/:org/org-auth-tokens/:token/', authorize('org:write'), async (c) => {
      const id = c.req.param('token')
      const organizationId = c.var.organization.id
      const record =
        (await accounts.tokens(organizationId)).find((one) => String(one.id) === id) ?? missing('The token')
      await accounts.removeToken(organizationId, record.id)
      await note(audit, c, { action: 'token.revoke', target: record.name })
      return c.body(null, 204)
    })
