import { Hono, type Context } from 'hono'
import { findHints } from '../issues/hints/find-hints.ts'
import type { Facts } from '../issues/hints/hint.ts'
import { findSuspects } from '../issues/hints/suspect-commit.ts'
import { ownPaths } from '../issues/origin.ts'
import type { EventStore } from '../ports/events.ts'
import type { HintFacts } from '../ports/hint-facts.ts'
import type { Issue } from '../ports/issues.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { findIssue, missing, type IssueFinder } from './find-issue.ts'
import { iso } from './issue-json.ts'
import type { CommitterJson } from './life-shapes.ts'

export interface HintDeps {
  issues: IssueFinder
  events: Pick<EventStore, 'newest' | 'oldest' | 'find'>
  hintFacts: HintFacts
}

export const hintRoutes = ({ issues, events, hintFacts }: HintDeps) => {
  const factsOf = async (issue: Issue): Promise<Facts | undefined> => {
    const [oldest, newest] = await Promise.all([events.oldest(issue.id), events.newest(issue.id)])
    if (!oldest || !newest) return undefined
    const [appearance, browsers] = await Promise.all([hintFacts.appearance(issue), hintFacts.browsers(issue)])
    return { oldest, newest, appearance, browsers }
  }

  const committersOf = async (c: Context<ApiEnv>): Promise<CommitterJson[]> => {
    const id = (c.req.param('event') ?? '').replaceAll('-', '').toLowerCase()
    const event = (await events.find(c.var.project.id, id)) ?? missing('The event')
    const issue = await findIssue(c, issues, String(event.issueId))
    const release = await hintFacts.appearance(issue)
    return findSuspects(release?.commits ?? [], ownPaths(event)).map(({ commit }) => ({
      author: { name: commit.authorName, email: commit.authorEmail },
      commits: [
        {
          id: commit.id,
          message: commit.message,
          dateCreated: commit.timestamp === null ? null : iso(commit.timestamp),
          suspectCommitType: 'via commits of the release',
        },
      ],
    }))
  }

  return new Hono<ApiEnv>()
    .get('/organizations/:org/issues/:issue/hints/', authorize('event:read'), async (c) => {
      const facts = await factsOf(await findIssue(c, issues))
      return c.json(facts ? findHints(facts) : [])
    })
    .get('/projects/:org/:project/events/:event/committers/', authorize('event:read'), async (c) =>
      c.json({ committers: await committersOf(c) }),
    )
}
