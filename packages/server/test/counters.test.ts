import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { miscounted } from '../src/adapters/sql/recount.ts'
import { noteTurningPoint } from '../src/adapters/sql/turning-points.ts'
import type { Limits } from '../src/ports/retention.ts'
import { regroup } from '../src/regrouping/regroup.ts'
import { retain } from '../src/retention/retain.ts'
import { envelope, errorEvent, type TestEvent } from './harness.ts'
import { createRandom, type Random } from './random.ts'
import { db, service, useServiceAndStore } from './service-and-store.ts'

const DAY = 24 * 3_600_000
const PLENTY: Limits = { days: 36_525, events: 1e9, megabytes: 1e6 }

useServiceAndStore()

const happen = async (type: string, fields: TestEvent): Promise<void> => {
  const timestamp = service.clock.now / 1000
  await service.post(
    service.envelopePath,
    envelope(errorEvent({ exception: { values: [{ type, value: 'failed' }] }, timestamp, ...fields })),
  )
  await service.digest()
}

const idsOf = async (query: Promise<{ rows: { id: number }[] }>): Promise<number[]> =>
  (await query).rows.map(({ id }) => id)

/** Events that a sweep has to keep: first, last and told ones of issues seen since. */
const precious = (seenSince: number): Promise<number[]> =>
  idsOf(
    sql<{ id: number }>`
      select event.id from event join issue on issue.id = event.issue_id where issue.last_seen >= ${seenSince} and (
        event.id in (select event_id from turning_point)
        or not exists (select 1 from event o where o.issue_id = issue.id and (o.happened_at, o.id) < (event.happened_at, event.id))
        or not exists (select 1 from event o where o.issue_id = issue.id and (o.happened_at, o.id) > (event.happened_at, event.id))
      )`.execute(db),
  )

const sweep = async (limits: Partial<Limits>): Promise<void> => {
  const kept = await precious(limits.days === undefined ? 0 : service.clock.now - limits.days * DAY)
  const steps = retain({
    retention: service.stores.retention,
    limits: { ...PLENTY, ...limits },
    now: () => service.clock.now,
  })
  for await (const _step of steps);
  const stored = new Set(await idsOf(sql<{ id: number }>`select id from event`.execute(db)))
  expect(kept.filter((id) => !stored.has(id))).toEqual([])
}

/** Turning points of events that are gone, or that another issue has. */
const strayTurningPoints = (): Promise<number[]> =>
  idsOf(
    sql<{ id: number }>`
      select event_id as id from turning_point
      where not exists (
        select 1 from event where event.id = turning_point.event_id and event.issue_id = turning_point.issue_id)`.execute(
      db,
    ),
  )

const settle = async (): Promise<void> => {
  while (await regroup(service.stores));
}

const actsOf = ({ below, pick }: Random): (() => Promise<unknown>)[] => {
  const { triage, merges, personalData } = service.stores
  const someone = () => `user-${below(3)}`
  const allIssues = async () =>
    (await db.selectFrom('issue').select('id').orderBy('last_seen', 'desc').orderBy('id', 'desc').execute()).map(
      ({ id }) => id,
    )
  const withSome = async <Item>(items: readonly Item[], act: (item: Item) => Promise<unknown>): Promise<void> => {
    if (items.length > 0) await act(pick(items))
    await settle()
  }
  return [
    () => happen(`Error${below(4)}`, { user: { id: someone() } }),
    () => happen(`Error${below(4)}`, { contexts: { repeats: { count: 1 + below(5) } } }),
    () => sweep({ events: 2 + below(6) }),
    () => sweep({ days: 1 + below(10) }),
    async () => (service.clock.now += below(3) * DAY),
    async () =>
      withSome(await allIssues(), (id) => triage.change([id], [{ type: 'resolve', resolution: { by: 'now' } }], null)),
    async () => personalData.erase(service.project.organizationId, { id: someone() }),
    async () =>
      withSome(await allIssues(), (id) =>
        db
          .transaction()
          .execute((transaction) => noteTurningPoint(transaction, id, pick(['assigned', 'commented'] as const))),
      ),
    async () => {
      const [target, ...sources] = await allIssues()
      await withSome(sources, (source) =>
        merges.merge(service.project.id, { target: target!, sources: [source] }, 'user:1'),
      )
    },
    async () => {
      const merged = await db
        .selectFrom('issue_transfer')
        .selectAll('issue_transfer')
        .innerJoin('issue', 'issue.id', 'to_issue_id')
        .where('undone_at', 'is', null)
        .orderBy('issue_transfer.id')
        .execute()
      await withSome(merged, (transfer) => merges.undo(transfer.to_issue_id, transfer.id, 'user:1'))
    },
    async () => {
      const hashes = await db.selectFrom('issue_hash').selectAll().orderBy('hash').execute()
      await withSome(hashes, (taken) => merges.unmerge(taken.issue_id, [taken.hash], 'user:1'))
    },
  ]
}

// The last undoes a merge whose source retention has deleted.
test.each([1, 2, 3, 4, 5, 37])(
  'after anything that happens, every counter agrees with a recount and every turning point is there (sequence %d)',
  async (seed) => {
    const random = createRandom(seed)
    const acts = actsOf(random)
    for (let turn = 0; turn < 50; turn += 1) {
      await random.pick(acts)()
      expect([await miscounted(db), await strayTurningPoints(), service.failures]).toEqual([[], [], []])
    }
  },
)
