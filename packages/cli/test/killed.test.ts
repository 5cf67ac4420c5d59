import { afterAll, beforeAll, expect, test } from 'vitest'
import { foghorn, startService, type Service } from './service.ts'

// The service is killed in each round, after as many events as the round says: others each time, the same in each run.
const ROUNDS = process.env['FOGHORN_LONG'] ? 40 : 4
const eventsOf = (round: number): number => 60 + ((round * 37) % 90)
const SENDERS = 8
const LEAST_KEPT = 1000

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const ask = async (path: string, method = 'GET', body?: object): Promise<unknown> => {
  const headers = { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' }
  const response = await fetch(`${service.url()}/api/0${path}`, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  })
  return response.status === 204 ? undefined : response.json()
}

const issueIds = async (): Promise<string[]> =>
  ((await ask('/organizations/acme/issues/?query=')) as { id: string }[]).map(({ id }) => id)

const exceptionOf = (number: number) => ({
  exception: { values: [{ type: `Error${number % 5}`, value: 'failed' }] },
  user: { id: `user-${number % 3}` },
})

/** What people do meanwhile: they merge, take apart, resolve, and have somebody's data deleted. */
const meddle = async (): Promise<void> => {
  const [first, second, third] = await issueIds()
  if (!first || !second) return
  await ask(`/organizations/acme/issues/?id=${first}&id=${second}`, 'PUT', { merge: 1 })
  if (third) await ask(`/organizations/acme/issues/${third}/`, 'PUT', { status: 'resolved' })
  const merged = (await ask(`/organizations/acme/issues/${first}/transfers/`)) as {
    id: string
    undone: string | null
  }[]
  const last = merged.find(({ undone }) => undone === null)
  if (last) await ask(`/organizations/acme/issues/${first}/transfers/${last.id}/`, 'DELETE')
  await ask('/organizations/acme/personal-data/?id=user-1', 'DELETE')
}

/** Sends and meddles until so many events were acknowledged, then kills the service in the middle of it all. */
const disturb = async (events: number): Promise<void> => {
  const state = { acknowledged: 0, meddled: 0, isOver: false }
  const whileRunning = async (act: () => Promise<unknown>): Promise<void> => {
    // What is cut off by the kill fails, which is the point.
    while (!state.isOver) await act().catch(() => undefined)
  }
  const sender = () =>
    whileRunning(async () => {
      await service.send([], exceptionOf(state.acknowledged))
      state.acknowledged += 1
    })
  const busy = [
    ...Array.from({ length: SENDERS }, sender),
    whileRunning(() => meddle().then(() => (state.meddled += 1))),
  ]
  await expect.poll(() => state.acknowledged, { interval: 5 }).toBeGreaterThanOrEqual(events)
  await service.crash()
  state.isOver = true
  await Promise.all(busy)
  expect(state.meddled).toBeGreaterThan(0)
}

test(
  'killed in the middle of events, merges and erasures, the service has every counter right',
  async () => {
    await ask('/projects/acme/shop/retention/', 'PUT', { events: LEAST_KEPT })
    for (let round = 0; round < ROUNDS; round += 1) await disturb(eventsOf(round))
    const last = await service.send([], exceptionOf(0))
    await expect.poll(async () => (await service.read(last)).status).toBe(200)
    const { stdout, stderr } = await foghorn(['doctor', '--data', service.data, '--json'])
    const findings = JSON.parse(stdout || stderr) as { check: string; severity: string; finding: string }[]
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(findings.find(({ check }) => check === 'counters')).toMatchObject({ severity: 'ok' })
    expect((await issueIds()).length).toBeGreaterThan(0)
  },
  60_000 + ROUNDS * 20_000,
)
