import type { KyselyPlugin, RootOperationNode } from 'kysely'
import Libsql from 'libsql'
import { readEvent } from '@foghorn/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sqlActivityStore } from '../src/adapters/sql/activity-store.ts'
import { sqlEventStore } from '../src/adapters/sql/event-store.ts'
import type { MainDatabase } from '../src/adapters/sql/main-database.ts'
import { sqlFigureStore } from '../src/adapters/sql/figure-store.ts'
import { sqlHintFacts } from '../src/adapters/sql/hint-facts.ts'
import { sqlIssueStore } from '../src/adapters/sql/issue-store.ts'
import { sqlMapGaps } from '../src/adapters/sql/map-gaps.ts'
import { sqlOutcomeStore } from '../src/adapters/sql/outcome-store.ts'
import { sqlOwnershipStore } from '../src/adapters/sql/ownership-store.ts'
import { latestRelease, releaseOfCommit } from '../src/adapters/sql/release-dates.ts'
import { sqlReleaseFigures } from '../src/adapters/sql/release-figures.ts'
import { sqlReleaseStore } from '../src/adapters/sql/releases.ts'
import { sqlSavedViews } from '../src/adapters/sql/saved-views.ts'
import { sqlSimilarIssues } from '../src/adapters/sql/similar-issues.ts'
import { tendIssues } from '../src/adapters/sql/tend-issues.ts'
import { sqlSourceLinks } from '../src/adapters/sql/source-links.ts'
import { sqlTagStore } from '../src/adapters/sql/tag-store.ts'
import { sqlTicketSystems } from '../src/adapters/sql/ticket-systems.ts'
import { sqlTicketWork } from '../src/adapters/sql/ticket-work.ts'
import { sqlTickets } from '../src/adapters/sql/tickets.ts'
import { sqlTriage } from '../src/adapters/sql/triage.ts'
import { mainFile } from '../src/data-folder.ts'
import type { GroupedEvent } from '../src/event.ts'
import { RELEASE_ISSUE_CHANGES } from '../src/ports/release-figures.ts'
import type { Order } from '../src/ports/triage.ts'
import { envelope, errorEvent, newEventId, NOON, startService, type TestService } from './harness.ts'
import { openDatabase } from './main-store.ts'

let service: TestService
let db: MainDatabase
let explainer: Libsql.Database
beforeAll(async () => {
  service = await startService()
  await service.post(service.envelopePath, envelope(errorEvent({ release: 'shop@1.0.0', user: { id: 'ada' } })))
  await service.digest()
  db = await openDatabase(service.data)
  explainer = new Libsql(mainFile(service.data))
})
afterAll(async () => {
  explainer.close()
  await db.destroy()
  await service.close()
})

/** Runs what asks a store, and gives the plan of each query that it asked. */
const plansOf = async (run: (watched: MainDatabase) => Promise<unknown>): Promise<string[]> => {
  const asked: RootOperationNode[] = []
  const recorder: KyselyPlugin = {
    transformQuery: ({ node }) => {
      asked.push(node)
      return node
    },
    transformResult: async ({ result }) => result,
  }
  await run(db.withPlugin(recorder))
  const plans = []
  for (const node of asked) {
    const { sql, parameters } = db.getExecutor().compileQuery(node, { queryId: 'plan' })
    const rows = explainer.prepare(`explain query plan ${sql}`).all([...parameters]) as { detail: string }[]
    plans.push(...rows.map(({ detail }) => detail))
  }
  return plans
}

const now = (): number => NOON

const arriving = (hash: string): GroupedEvent =>
  ({
    projectId: 1,
    eventId: newEventId(),
    happenedAt: NOON,
    receivedAt: NOON,
    kind: 'error',
    times: 1,
    payload: {
      ...readEvent({ release: 'shop@1.0.0', user: { id: 'ada' }, tags: { plan: 'free' } })!,
      level: 'error',
      environment: 'production',
    },
    stacks: [],
    usedMaps: [],
    grouping: { version: 2, keys: [{ variant: 'message', hash, parts: ['TypeError', `broken ${hash}`] }], ignored: [] },
    headline: { title: 'TypeError', culprit: '', metadata: {} },
  }) as unknown as GroupedEvent

/** What an event may meet: nothing, an open issue, a resolved one, an ignored one. */
const meet = async (watched: MainDatabase, order?: Order): Promise<void> => {
  const { pack, store } = sqlEventStore(watched, now)
  const [stored] = await store({ events: [pack(arriving('met'))] })
  if (order && stored?.status === 'stored') {
    await sqlTriage(db, now).change([stored.issue.id], [order], null)
    await store({ events: [pack(arriving('met'))] })
  }
}

const WINDOWS: Order = {
  type: 'ignore',
  until: { time: null, events: { count: 5, windowMs: 60_000 }, users: { count: 5, windowMs: 60_000 } },
}

const WORK: Record<string, (watched: MainDatabase) => Promise<unknown>> = {
  'reading an issue': (watched) => sqlIssueStore(watched).find(1),
  'its feed': (watched) => sqlActivityStore(watched, now).list(1, { limit: 50, cursor: '9' }),
  'its comments': (watched) => sqlActivityStore(watched, now).list(1, { limit: 50, type: 'note' }),
  'its participants': (watched) => sqlActivityStore(watched, now).participants(1),
  'what somebody follows': (watched) =>
    sqlActivityStore(watched, now).subscriptions(1, { projectIds: [1, 2], limit: 50, cursor: '9' }),
  'a comment': (watched) =>
    sqlActivityStore(watched, now).addComment({ issueId: 1, projectId: 1, organizationId: 1, text: 'a', by: 'user:1' }),
  'similar issues': (watched) => sqlSimilarIssues(watched).of(1),
  'facts for hints': async (watched) => {
    const issue = (await sqlIssueStore(db).find(1))!
    await sqlHintFacts(watched).appearance({ ...issue, substatus: 'regressed' })
    await sqlHintFacts(watched).appearance(issue)
    await sqlHintFacts(watched).browsers(issue)
  },
  'owners of a project': (watched) => sqlOwnershipStore(watched, now).get(1),
  'the latest release': (watched) => latestRelease(watched, 1),
  'the release of a commit': (watched) => releaseOfCommit(watched, 1, 'abc'),
  'a page of releases': async (watched) => {
    const { list } = sqlReleaseStore(watched, now)
    await list({ organizationId: 1, projectIds: [1, 2] }, { limit: 100, cursor: '9' })
    await list({ organizationId: 1, projectIds: [1], projectId: 1 }, { limit: 100 })
  },
  'figures of a release': async (watched) => {
    const figures = sqlReleaseFigures(watched)
    const part = { projectId: 1, version: 'shop@1.0.0', after: 'shop@0.9.0' }
    await figures.earlier(1, 'shop@1.0.0')
    for (const change of RELEASE_ISSUE_CHANGES) await figures.issueIds(part, change, { limit: 25 })
    await figures.artifacts(part)
    await figures.coverage(part)
  },
  'why frames of the newest events are minified': async (watched) => {
    await sqlMapGaps(watched).of(1)
    await sqlMapGaps(watched).of(1, 'shop@1.0.0')
  },
  'figures over time': async (watched) => {
    const figures = sqlFigureStore(watched)
    const within = { period: { from: NOON - 1e9, to: NOON }, stepMs: 3_600_000 }
    await figures.series({ projectId: 1, name: 'lcp', where: { page: '/', device: 'mobile' }, within })
    await figures.distributions({ projectId: 1, name: 'lcp', by: 'browser', since: NOON - 1e9, where: { page: '/' } })
    await figures.blamed({ projectId: 1, name: 'lcp', since: NOON - 1e9, page: '/' })
    await figures.sessionSteps(1, within, 'shop@1.0.0')
    await sqlOutcomeStore(watched).steps(1, within)
  },
  'saved views': (watched) => sqlSavedViews(watched).list({ organizationId: 1, accountId: 1, projectIds: [1, 2] }),
  'links to sources': (watched) => sqlSourceLinks(watched).get(1),
  'completion of a search': async (watched) => {
    await sqlTagStore(watched).keys([1, 2])
    await sqlTagStore(watched).values({ projectIds: [1, 2], key: 'plan', text: 'f' })
  },
  'a change of status': (watched) =>
    sqlTriage(watched, now).change([1], [{ type: 'resolve-by-latest-release', next: true }], 'user:1'),
  'ignoring within windows': (watched) =>
    sqlTriage(watched, now).change(
      [1],
      [{ type: 'ignore', until: { time: NOON - 1, events: { count: 5, windowMs: 60_000 }, users: null } }],
      'user:1',
    ),
  'an event of an open issue': (watched) => meet(watched),
  'an event of a resolved issue': (watched) =>
    meet(watched, { type: 'resolve', resolution: { by: 'release', version: 'shop@1.0.0' } }),
  'an event of an issue resolved by a commit': (watched) =>
    meet(watched, { type: 'resolve', resolution: { by: 'commit', commit: 'abc', repository: null } }),
  'an event of an ignored issue': (watched) => meet(watched, WINDOWS),
  'tickets of an issue': async (watched) => {
    const { list, want, hear, unlink } = sqlTickets(watched, now)
    await want({ systemId: 1, issueId: 1, projectId: 1, by: 'user:1' })
    await want({ systemId: 1, issueId: 1, projectId: 1, by: 'user:1' })
    await hear(1, ['1', '2'])
    await list(1)
    await unlink(1, 99, 'user:1')
  },
  'work on tickets': async (watched) => {
    const work = sqlTicketWork(watched, now)
    await sqlTicketSystems(db, service.stores.vault, now).add(1, {
      name: 'Tickets',
      target: { kind: 'github', repository: 'acme/shop', token: 't', apiUrl: 'https://api.github.com' },
      reactions: { resolved: 'close', back: 'reopen', closed: 'resolve' },
    })
    const place = { systemId: 1, issueId: 1, projectId: 1, by: 'user:1' }
    await sqlTickets(db, now).want(place)
    const task = (await work.next(1, NOON))!
    await work.undone(task, { status: 'failed', answer: 'later' })
    await work.made(task, { key: '1', url: 'https://x.test/1', title: 'x', isClosed: false })
    await work.isStillRight({ ...task, action: 'close', ticket: { ...task.ticket, key: '1', state: 'open' } })
    await work.done({ ...task, action: 'close', ticket: { ...task.ticket, key: '1' } })
    const [read] = await work.toRead(1, NOON + 1e9, 2)
    await work.noteRead(read!, { key: '1', url: 'https://x.test/1', title: 'x', isClosed: false })
    await work.noteUnread(read!, { status: 'refused', answer: 'no' })
  },
  'waking and calming': (watched) => tendIssues(watched, NOON + 1e9),
}

test.each(Object.keys(WORK))('%s asks indexes, and never walks through a table', async (name) => {
  const plans = await plansOf(WORK[name]!)
  expect(plans.length).toBeGreaterThan(0)
  // A recursion walks through what it has found itself, and a subquery through its own few rows.
  const scans = plans.filter((detail) => /^SCAN (?!within_issue|recent|met|found|\d+ CONSTANT|CONSTANT)/.test(detail))
  expect(scans).toEqual([])
})

test('a query that has no index would be found out', async () => {
  const plans = await plansOf((watched) => watched.selectFrom('issue').selectAll().where('title', '=', 'x').execute())
  expect(plans).toEqual([expect.stringMatching(/^SCAN issue/)])
})
