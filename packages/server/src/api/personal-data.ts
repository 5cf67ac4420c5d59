import { Hono } from 'hono'
import { stream } from 'hono/streaming'
import * as v from 'valibot'
import type { AuditLog } from '../ports/audit.ts'
import type { ErasureReceipt, Person, PersonalData } from '../ports/personal-data.ts'
import type { ApiEnv } from './api-env.ts'
import { note } from './audit.ts'
import { authorize } from './authorize.ts'
import { iso } from './issue-json.ts'
import type { ErasureJson } from './shapes.ts'
import { valid } from './valid.ts'

export interface PersonalDataDeps {
  personalData: PersonalData
  audit: AuditLog
}

const way = v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(300)))

/** Who somebody is: at least one way to tell. */
const PersonQuery = v.pipe(
  v.object({ id: way, email: way, ip: way }),
  v.check(
    (person: Person) => Object.values(person).some((value) => value !== undefined),
    'Name the person by id, email or ip.',
  ),
)

const validPerson = valid('query', PersonQuery)

const erasureJson = ({ id, personHash, erased, erasedAt }: ErasureReceipt): ErasureJson => ({
  id: String(id),
  personHash,
  erased,
  dateErased: iso(erasedAt),
})

export const personalDataRoutes = ({ personalData, audit }: PersonalDataDeps) =>
  new Hono<ApiEnv>()
    .get('/organizations/:org/personal-data/', authorize('org:admin'), validPerson, async (c) => {
      await note(audit, c, { action: 'person.export', target: '' })
      const records = personalData.read(c.var.organization.id, c.req.valid('query'))
      c.header('Content-Type', 'application/x-ndjson')
      c.header('Content-Disposition', 'attachment; filename="personal-data.ndjson"')
      return stream(c, async (out) => {
        for await (const record of records) await out.write(`${JSON.stringify(record)}\n`)
      })
    })
    .delete('/organizations/:org/personal-data/', authorize('org:admin'), validPerson, async (c) => {
      const receipt = await personalData.erase(c.var.organization.id, c.req.valid('query'))
      await note(audit, c, { action: 'person.erase', target: `receipt ${receipt.id}` })
      return c.json(erasureJson(receipt))
    })
    .get('/organizations/:org/erasures/', authorize('org:admin'), async (c) =>
      c.json((await personalData.receipts(c.var.organization.id)).map(erasureJson)),
    )
