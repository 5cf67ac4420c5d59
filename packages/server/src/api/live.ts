import { Hono, type Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { streamSSE, type SSEStreamingApi } from 'hono/streaming'
import * as v from 'valibot'
import type { Live } from '../live/live.ts'
import type { ChangePosition, IssueChanged, IssueChanges } from '../ports/issue-changes.ts'
import type { IssueStore } from '../ports/issues.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { issueJson } from './issue-json.ts'
import { ProjectIds, projectsOf } from './issue-list.ts'
import { valid } from './valid.ts'

export interface LiveDeps {
  issueChanges: IssueChanges
  live: Live
  issues: Pick<IssueStore, 'find'>
  publicUrl: () => string
  now: () => number
  onFailure: (error: unknown) => void
}

const AT_ONCE = 100
/** Proxies cut off connections on which nothing comes. */
const SILENCE_MS = 20_000
/** What the asker may see is looked up when a connection begins: clients come back by themselves. */
const CONNECTION_MS = 15 * 60_000
const RETRY_MS = 3000

const POSITION = /^(\d{1,15})-(\d{1,15})$/

const readPosition = (id: string | undefined): ChangePosition | undefined => {
  const match = POSITION.exec(id ?? '')
  return match ? { change: Number(match[1]), issueId: Number(match[2]) } : undefined
}

const LiveQuery = v.object({ project: ProjectIds })

interface Listener {
  stream: SSEStreamingApi
  projectIds: readonly number[]
  tell: (changed: IssueChanged) => Promise<void>
}

/**
 * Issues that appear or change, as server-sent events `new` and `changed` with the issue as it is then. Whoever comes back
 * with `Last-Event-ID` is told what changed meanwhile.
 */
export const liveRoutes = ({ issueChanges, live, issues, publicUrl, now, onFailure }: LiveDeps) => {
  const listen = async ({ stream, projectIds, tell }: Listener, from: ChangePosition): Promise<void> => {
    const left = new Promise<void>((resolve) => stream.onAbort(resolve))
    const until = now() + CONNECTION_MS
    for (let position = from; !stream.aborted && !live.isClosed && now() < until;) {
      // Read first: what others change is no reason to look again.
      const newest = await issueChanges.newest()
      const found = await issueChanges.since(projectIds, position, AT_ONCE)
      for (const changed of found) await tell(changed)
      position = found.at(-1) ?? position
      if (found.length === AT_ONCE) continue
      await Promise.race([live.changed(newest, SILENCE_MS), left])
      if (found.length === 0) await stream.write(': still here\n\n')
    }
  }

  const teller =
    (stream: SSEStreamingApi, c: Context<ApiEnv>) =>
    async ({ issueId, change, isNew }: IssueChanged) => {
      const issue = await issues.find(issueId)
      if (!issue) return
      const data = issueJson(issue, { origin: publicUrl(), organization: c.var.organization.slug })
      await stream.writeSSE({
        id: `${change}-${issueId}`,
        event: isNew ? 'new' : 'changed',
        data: JSON.stringify(data),
      })
    }

  return new Hono<ApiEnv>().get(
    '/organizations/:org/live/',
    authorize('event:read'),
    valid('query', LiveQuery),
    async (c) => {
      const projectIds = await projectsOf(c, c.req.valid('query').project)
      const leave = live.enter()
      if (!leave)
        throw new HTTPException(503, { message: 'Too many listen already. Close other windows, or try again later.' })
      const from = readPosition(c.req.header('last-event-id')) ?? {
        change: await issueChanges.newest(),
        issueId: Number.MAX_SAFE_INTEGER,
      }
      return streamSSE(c, async (stream) => {
        await stream.write(`retry: ${RETRY_MS}\n\n`)
        await listen({ stream, projectIds, tell: teller(stream, c) }, from)
          .catch(onFailure)
          .finally(leave)
      })
    },
  )
}
