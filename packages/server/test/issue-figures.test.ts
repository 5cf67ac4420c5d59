import { expect, test } from 'vitest'
import type { MainDatabase } from '../src/adapters/sql/main-database.ts'
import { tagsOf, userKey } from '../src/event-facets.ts'
import { unpack } from '../src/adapters/sql/payload.ts'
import { regroup } from '../src/regrouping/regroup.ts'
import { groupBy } from './grouped-by.ts'
import { envelope, errorEvent, NOON, startService, type TestService } from './harness.ts'
import { bundleOf, MAP, upload } from './upload.ts'
import { openDatabase } from './main-store.ts'

/** The same numbers each run: Lehmer's generator. */
const createRandom = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

type Random = ReturnType<typeof createRandom>

const FILES = ['a', 'b', 'c']
const WORDS = ['broken', 'kaputt', 'undefined is not a thing']

const randomEvent = (random: Random) => {
  const file = FILES[random(FILES.length)]!
  return errorEvent({
    timestamp: (NOON - random(100_000)) / 1000,
    release: `r${random(3)}`,
    tags: { plan: ['free', 'paid'][random(2)]! },
    user: { id: `user-${random(4)}` },
    contexts: { repeats: { count: 1 + random(3) } },
    exception: {
      values: [
        {
          type: 'Error',
          value: WORDS[random(WORDS.length)]!,
          stacktrace: {
            frames: [{ filename: `https://shop.test/static/${file}.js`, function: 'n', lineno: 1, colno: 10 }],
          },
        },
      ],
    },
  })
}

const steps = (service: TestService, random: Random): (() => Promise<unknown>)[] => {
  const { merges, issueSearch, groupingSettings, artifactBundles } = service.stores
  const projectId = service.project.id
  const pick = async () =>
    (await issueSearch.list({ projectIds: [projectId], filters: [], sort: 'new', limit: 50 }))!.issues
  return [
    async () => {
      for (let count = 0; count < 8; count += 1) await service.post(service.envelopePath, envelope(randomEvent(random)))
      await service.digest()
    },
    async () => {
      const all = await pick()
      const [one, other] = [all[random(all.length)], all[random(all.length)]]
      if (one && other && one !== other)
        await merges.merge(projectId, { target: one.id, sources: [other.id] }, 'user:1')
    },
    async () => {
      const all = await pick()
      const one = all[random(all.length || 1)]
      const [hash] = one ? await merges.hashes(one.id) : []
      if (one && hash) await merges.unmerge(one.id, [hash.hash], 'user:1')
    },
    async () => {
      const all = await pick()
      const one = all[random(all.length || 1)]
      const transfer = one && (await merges.transfers(one.id)).find(({ undoneAt }) => undoneAt === null)
      if (transfer) await merges.undo(one.id, transfer.id, 'user:1')
    },
    async () => {
      const file = FILES[random(FILES.length)]!
      const map = MAP.replace('source.ts', `${file}.ts`)
      await upload(service, bundleOf({ url: `~/static/${file}.js`, debugId: null, map, script: `//${file}` }))
    },
    async () => {
      const bundles = await artifactBundles.list(projectId, { limit: 10 })
      if (bundles.length > 0) await artifactBundles.remove(projectId, [bundles[random(bundles.length)]!.id])
    },
    () => groupingSettings.setRules(projectId, []),
    () => groupingSettings.switchTo(projectId, 2),
    // A pass is cut off after one step, as by a kill.
    () => regroup(service.stores),
  ]
}

interface Counted {
  events: number
  users: Set<string>
  tags: Map<string, number>
  hours: Map<string, number>
  times: number[]
}

/** What each issue's figures must be, counted from its events. */
const recount = async (db: MainDatabase) => {
  const rows = await db.selectFrom('event').selectAll().execute()
  const issues = new Map<number, Counted>()
  for (const row of rows) {
    const issue: Counted = issues.get(row.issue_id) ?? {
      events: 0,
      users: new Set(),
      tags: new Map(),
      hours: new Map(),
      times: [],
    }
    issues.set(row.issue_id, issue)
    const { payload } = unpack(row.payload)
    issue.events += row.times
    issue.users.add(userKey(payload)!)
    issue.times.push(row.happened_at)
    const hour = `${row.happened_at - (row.happened_at % 3_600_000)} ${payload.environment}`
    issue.hours.set(hour, (issue.hours.get(hour) ?? 0) + row.times)
    for (const tag of tagsOf(payload)) issue.tags.set(tag.join(), (issue.tags.get(tag.join()) ?? 0) + row.times)
  }
  return [...issues].map(([id, { events, users, tags, hours, times }]) => ({
    id,
    events,
    users: users.size,
    firstSeen: Math.min(...times),
    lastSeen: Math.max(...times),
    tags: [...tags].map(([tag, count]) => `${tag} ${count}`).toSorted(),
    hours: [...hours].map(([hour, count]) => `${hour} ${count}`).toSorted(),
  }))
}

const stored = async (db: MainDatabase) => {
  const issues = await db.selectFrom('issue').selectAll().where('event_count', '>', 0).execute()
  const tags = await db.selectFrom('issue_tag').selectAll().execute()
  const hours = await db.selectFrom('issue_hour').selectAll().execute()
  return issues.map((issue) => ({
    id: issue.id,
    events: issue.event_count,
    users: issue.user_count,
    firstSeen: issue.first_seen,
    lastSeen: issue.last_seen,
    tags: tags
      .filter((tag) => tag.issue_id === issue.id)
      .map((tag) => `${tag.key},${tag.value} ${tag.event_count}`)
      .toSorted(),
    hours: hours
      .filter((row) => row.issue_id === issue.id)
      .map((row) => `${row.hour} ${row.environment} ${row.quantity}`)
      .toSorted(),
  }))
}

const byId = <Item extends { id: number }>(items: Item[]): Item[] => items.toSorted((a, b) => a.id - b.id)

/** Events that stand in another issue than the one which has their hash. */
const strays = (db: MainDatabase) =>
  db
    .selectFrom('event')
    .innerJoin('issue_hash', (join) =>
      join.onRef('issue_hash.hash', '=', 'event.group_hash').onRef('issue_hash.project_id', '=', 'event.project_id'),
    )
    .whereRef('issue_hash.issue_id', '!=', 'event.issue_id')
    .select('event.id')
    .execute()

test.each([1, 2, 3, 4])('figures equal a recount whatever happens in whatever order (seed %i)', async (seed) => {
  const service = await startService()
  const db = await openDatabase(service.data)
  try {
    const random = createRandom(seed * 7919)
    await groupBy(service, 1)
    const choices = steps(service, random)
    await choices[0]!()
    for (let count = 0; count < 30; count += 1) {
      await choices[random(choices.length)]!()
      expect(byId(await stored(db))).toEqual(byId(await recount(db)))
    }
    while (await regroup(service.stores));
    expect(byId(await stored(db))).toEqual(byId(await recount(db)))
    expect(await strays(db)).toEqual([])
  } finally {
    await db.destroy()
    await service.close()
  }
})
