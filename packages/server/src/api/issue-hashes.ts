import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { actorKey } from '../accounts/actor.ts'
import type { IssueHash, Merges, Transfer } from '../ports/merges.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { findIssue, missing, type IssueFinder } from './find-issue.ts'
import { iso } from './issue-json.ts'
import type { IssueHashJson, TransferJson } from './grouping-shapes.ts'

export interface IssueHashDeps {
  issues: IssueFinder
  merges: Pick<Merges, 'hashes' | 'transfers' | 'unmerge' | 'undo'>
}

const hashJson = ({ hash, variant, eventCount, latestEventId }: IssueHash): IssueHashJson => ({
  id: hash,
  variant,
  count: eventCount,
  latestEvent: latestEventId === null ? null : { eventID: latestEventId },
})

const transferJson = (transfer: Transfer): TransferJson => ({
  id: String(transfer.id),
  from: String(transfer.fromIssueId),
  to: String(transfer.toIssueId),
  cause: transfer.cause,
  hashes: transfer.hashes.length,
  date: iso(transfer.happenedAt),
  undone: transfer.undoneAt === null ? null : iso(transfer.undoneAt),
})

const notSome = (): never => {
  throw new HTTPException(400, {
    message: "Name some of the issue's hashes, not all of them: ?id=<hash>. GET the same path to see them.",
  })
}

/** What an issue is made of, where it came from, and how to take it apart again. */
export const issueHashRoutes = (deps: IssueHashDeps) => {
  const { merges, issues } = deps
  const hashes = '/organizations/:org/issues/:issue/hashes/'
  const transfers = '/organizations/:org/issues/:issue/transfers/'
  return (
    new Hono<ApiEnv>()
      .get(hashes, authorize('event:read'), async (c) => {
        const issue = await findIssue(c, issues)
        return c.json((await merges.hashes(issue.id)).map(hashJson))
      })
      // Clients send PUT or DELETE; both mean "unmerge these".
      .on(['PUT', 'DELETE'], hashes, authorize('event:write'), async (c) => {
        const issue = await findIssue(c, issues)
        const made = (await merges.unmerge(issue.id, c.req.queries('id') ?? [], actorKey(c.var.actor!))) ?? notSome()
        return c.json({ id: String(made) }, 202)
      })
      .get(transfers, authorize('event:read'), async (c) => {
        const issue = await findIssue(c, issues)
        return c.json((await merges.transfers(issue.id)).map(transferJson))
      })
      .delete(`${transfers}:transfer/`, authorize('event:write'), async (c) => {
        const issue = await findIssue(c, issues)
        const id = Number(c.req.param('transfer'))
        const isUndone = Number.isSafeInteger(id) && (await merges.undo(issue.id, id, actorKey(c.var.actor!)))
        return isUndone ? c.body(null, 204) : missing('A merge that can be undone')
      })
  )
}
