import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { scrubEnvelope } from '../ingest/scrub-envelope.ts'
import type { DeadLetters } from '../ports/dead-letters.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import type { DeadLetterJson } from './ingest-shapes.ts'

const SHOWN_AT_MOST = 100

const found = <Thing>(thing: Thing | undefined | false): Thing => {
  if (!thing)
    throw new HTTPException(404, { message: 'There is no such dead letter. It may have been replayed already.' })
  return thing
}

/** What could not be digested: to look at, to try again after the cause is gone, to throw away. */
export const deadLetterRoutes = ({ deadLetters }: { deadLetters: DeadLetters }) =>
  new Hono<ApiEnv>()
    .get('/projects/:org/:project/dead-letters/', authorize('event:read'), async (c) =>
      c.json(
        (await deadLetters.list(c.var.project.id, SHOWN_AT_MOST)).map(
          ({ id, receivedAt, reason, size }): DeadLetterJson => ({
            id: String(id),
            dateReceived: new Date(receivedAt).toISOString(),
            reason,
            size,
          }),
        ),
      ),
    )
    .get('/projects/:org/:project/dead-letters/:id/envelope/', authorize('event:read'), async (c) => {
      const body = found(await deadLetters.body(c.var.project.id, Number(c.req.param('id'))))
      c.header('Content-Disposition', `attachment; filename="dead-letter-${Number(c.req.param('id'))}.envelope"`)
      return c.body(scrubEnvelope(body), 200, { 'Content-Type': 'application/octet-stream' })
    })
    .post('/projects/:org/:project/dead-letters/:id/replay/', authorize('event:write'), async (c) => {
      found(await deadLetters.replay(c.var.project.id, Number(c.req.param('id'))))
      return c.json({}, 202)
    })
    .delete('/projects/:org/:project/dead-letters/:id/', authorize('event:write'), async (c) => {
      found(await deadLetters.remove(c.var.project.id, Number(c.req.param('id'))))
      return c.body(null, 204)
    })
