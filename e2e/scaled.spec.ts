// oxlint-disable no-empty-pattern -- Playwright reads from the pattern what a fixture needs, and insists on one
import { natsIsMissing } from '../packages/server/test/nats-server.ts'
import { BURST_TEXT } from './harness/burst.ts'
import { logIn } from './harness/dashboard.ts'
import { faultsOf, seeded } from './harness/faults.ts'
import { install, type Installation } from './harness/installation.ts'
import { startLoad, type Load } from './harness/load.ts'
import { createNetwork } from './harness/network.ts'
import { createScaled, METRICS_TOKEN, partsOf, type Member, type Scaled } from './harness/scaled.ts'
import { expect, test as base } from './harness/test.ts'

base.skip(natsIsMissing !== undefined, natsIsMissing ?? '')

const PROCESSES = { web: 1, ingest: 2, worker: 2, scheduler: 2 }
const NATS_SERVERS = 3
/** A busy machine that starts this many processes anew takes its time. */
const PATIENCE = { timeout: 180_000 }
const FAULTS = Number(process.env['FOGHORN_FAULTS'] ?? (process.env['FOGHORN_LONG'] ? 200 : 3))
const FAULT_TIMEOUT_MS = 60_000
const SEED = Number(process.env['FOGHORN_SEED'] ?? 20_261_129)

interface PerTest {
  scaled: Scaled
  over: Installation
  load: Load
}

const test = base.extend<PerTest>({
  scaled: async ({}, use, testInfo) => {
    const network = await createNetwork()
    const wish = { parts: partsOf(PROCESSES), natsServers: NATS_SERVERS, ...(network && { network }) }
    const scaled = await createScaled(testInfo.parallelIndex, wish)
    await use(scaled)
    await network?.close()
    if (testInfo.errors.length > 0) await testInfo.attach('service.log', { body: scaled.service.output() })
  },
  over: async ({ scaled }, use) => {
    const installation = await install(scaled)
    await use(installation)
    await installation.close()
  },
  load: async ({ over }, use) => {
    const load = startLoad(over.client.dsn)
    await use(load)
    await load.stop()
  },
})

const isLeading = async ({ service }: Member): Promise<boolean> => {
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` }
  const metrics = await fetch(`${service.url}/metrics`, { headers }).then(
    (response) => response.text(),
    () => '',
  )
  return /^foghorn_leader 1$/m.test(metrics)
}

const leaders = async ({ members }: Scaled): Promise<Member[]> => {
  const schedulers = members.filter(({ role }) => role === 'scheduler')
  const leads = await Promise.all(schedulers.map(isLeading))
  return schedulers.filter((_, index) => leads[index])
}

interface Stored {
  event_id: string
  times: number
}

/** Everything that was acknowledged is stored, once, and counted as often as it is there. */
const expectAllOnce = async ({ postgres }: Scaled, { accepted }: Load, { reader }: Installation): Promise<void> => {
  const stored = () => postgres.ask<Stored>('select event_id, count(*)::int as times from event group by event_id')
  const missing = async () => {
    const ids = new Set((await stored()).map(({ event_id: id }) => id))
    return accepted.filter((id) => !ids.has(id)).length
  }
  await expect.poll(missing, { ...PATIENCE, message: 'acknowledged events that are not stored' }).toBe(0)
  expect((await stored()).filter(({ times }) => times > 1)).toEqual([])
  console.log(`${accepted.length} acknowledged, ${(await stored()).length} stored`)
  const { id } = await reader.issue(BURST_TEXT)
  const countedTooOften = async () => {
    const [row] = await postgres.ask<{ excess: number }>(
      `select (select event_count from issue where id = ${id})::int - count(*)::int as excess from event where issue_id = ${id}`,
    )
    return row!.excess
  }
  await expect.poll(countedTooOften, PATIENCE).toBe(0)
}

test('in several processes, what a page reports is an issue in the dashboard', async ({ page, over }) => {
  await page.goto(over.shopUrl)
  await page.getByTestId('fail-method').click()
  await over.reader.issue('The cart cannot hold -2 of lantern')
  await logIn(page, over)
  await expect(page.getByText('The cart cannot hold -2 of lantern')).toBeVisible()
})

test('each process restarts under load and nothing is lost; one scheduler leads, and another when it is killed', async ({
  scaled,
  over,
  load,
}) => {
  for (const { service } of scaled.members) {
    await load.more(20)
    await service.stop()
    await load.more(20)
    await service.start()
  }
  const only = async () => (await leaders(scaled)).map(({ name }) => name)
  await expect.poll(only, PATIENCE).toHaveLength(1)
  const [leader] = await leaders(scaled)
  await leader!.service.kill()
  await expect.poll(only, PATIENCE).toHaveLength(1)
  expect(await only()).not.toContain(leader!.name)
  await leader!.service.start()
  await load.stop()
  await expectAllOnce(scaled, load, over)
  await expect.poll(only, PATIENCE).toHaveLength(1)
})

test('while the database is away, events are taken in, and stored once it is back', async ({ scaled, over, load }) => {
  await load.more(20)
  await scaled.postgres.stop()
  // Longer than what the doors know of keys and settings holds by itself.
  await load.more(500)
  await scaled.postgres.start()
  await load.stop()
  await expectAllOnce(scaled, load, over)
})

test(`${FAULTS} faults, one after the other: what was acknowledged is stored once, and all goes on`, async ({
  scaled,
  over,
  load,
}) => {
  test.setTimeout(600_000 + FAULTS * FAULT_TIMEOUT_MS)
  const faults = faultsOf(scaled)
  const random = seeded(SEED)
  for (let count = 1; count <= FAULTS; count += 1) {
    const fault = faults[random(faults.length)]!
    await test.step(`${count}. ${fault.name}`, async () => {
      await load.more(5)
      await fault.happen()
      await load.more(5)
    })
  }
  await load.stop()
  await expectAllOnce(scaled, load, over)
  await expect.poll(() => leaders(scaled), PATIENCE).toHaveLength(1)
})
