// oxlint-disable no-empty-pattern -- Playwright reads from the pattern what a fixture needs, and insists on one
import { rm } from 'node:fs/promises'
import { natsIsMissing, startNatsServer, type NatsServer } from '../packages/server/test/nats-server.ts'
import { BURST_TIMEOUT_MS, killInBursts, send } from './harness/burst.ts'
import { foghorn } from './harness/foghorn.ts'
import { createInstallation, type Installation } from './harness/installation.ts'
import { isScaled } from './harness/shape.ts'
import { expect, test as base } from './harness/test.ts'

base.skip(natsIsMissing !== undefined, natsIsMissing ?? '')
base.skip(isScaled, 'Several processes have an inbox in NATS anyway: scaled.spec.ts.')

const test = base.extend<{ nats: NatsServer; env: Record<string, string>; natsInstallation: Installation }>({
  nats: async ({}, use) => {
    const server = await startNatsServer()
    await use(server)
    await server.close()
  },
  env: ({ nats }, use) => use({ FOGHORN_QUEUE_URL: `nats://127.0.0.1:${nats.port}` }),
  natsInstallation: async ({ env }, use, { parallelIndex }) => {
    const installation = await createInstallation(parallelIndex, env)
    await use(installation)
    await installation.close()
  },
})

test('with its inbox in NATS, the service has every event it took, once, whenever it or NATS is killed', async ({
  nats,
  env,
  natsInstallation,
}) => {
  test.setTimeout(3 * BURST_TIMEOUT_MS)
  await killInBursts(natsInstallation)
  await nats.kill()
  const { dsn } = natsInstallation.client
  await expect.poll(() => send(dsn)).toBe(503)
  await nats.start()
  await expect.poll(() => send(dsn)).toBe(200)
  await killInBursts(natsInstallation)

  const file = `${natsInstallation.data}.tar.gz`
  const printed = await foghorn(['backup', file], { ...env, FOGHORN_DATA: natsInstallation.data })
  await rm(file)
  expect(printed).toContain('What waits in NATS is not in it.')
})
