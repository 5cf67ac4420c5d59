// oxlint-disable no-empty-pattern -- Playwright reads from the pattern what a fixture needs, and insists on one
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { natsIsMissing } from '../packages/server/test/nats-server.ts'
import { asParts, readCompose, readImage, readKubernetes, readUnit } from './harness/deploy-files.ts'
import type { Environment } from './harness/foghorn.ts'
import { freePort } from './harness/free-port.ts'
import { install } from './harness/installation.ts'
import { createScaled, ROLES, type Part } from './harness/scaled.ts'
import { errorOf, sendEvent } from './harness/send-event.ts'
import { createService } from './harness/service.ts'
import type { Shape } from './harness/shape.ts'
import { expect, test } from './harness/test.ts'

const image = readImage()
/** What has to be said by whoever uses the files. */
const LEFT_OPEN = /\$\{|^https:\/\/errors\.example\.com/

const settled = (env: Environment, address: string): Environment =>
  Object.fromEntries(Object.entries(env).map(([name, value]) => [name, LEFT_OPEN.test(value) ? address : value]))

const inOneProcess = async (
  worker: number,
  { command, env }: { command: string[]; env: Environment },
): Promise<Shape> => {
  const data = await mkdtemp(join(tmpdir(), 'foghorn-deploy-'))
  const port = await freePort(worker)
  const address = `http://127.0.0.1:${port}`
  const service = createService({ port, data, command, env: settled(env, address) })
  const close = async () => {
    await service.stop()
    await rm(data, { recursive: true, force: true })
  }
  return { service, env: { FOGHORN_DATA: data, FOGHORN_PORT: String(port) }, folders: [data], close }
}

/** An event goes in and is read again. */
const expectToWork = async (shape: Shape, look: () => Promise<void> | void = () => undefined): Promise<void> => {
  const installation = await install(shape)
  try {
    await look()
    const id = await sendEvent(installation.client.dsn, errorOf('DeployError'))
    expect((await installation.reader.event(id)).eventID).toBe(id)
  } finally {
    await installation.close()
  }
}

const healthIs = (url: string): number | null => {
  const [command, ...args] = image.healthCheck
  return spawnSync(command!, args, { env: { ...process.env, FOGHORN_PORT: new URL(url).port } }).status
}

test('the image and its Compose file run one process that is healthy and takes events', async ({}, {
  parallelIndex,
}) => {
  expect(image.entrypoint).toEqual(['/opt/foghorn/node_modules/.bin/foghorn'])
  const [{ command, env }] = readCompose('compose.yaml') as [ReturnType<typeof readCompose>[0]]
  expect(command).toEqual(image.command)
  const shape = await inOneProcess(parallelIndex, { command, env: { ...image.env, ...env } })
  await expectToWork(shape, () => expect(healthIs(shape.service.url)).toBe(0))
  expect(healthIs(shape.service.url)).toBe(1)
})

test('the systemd unit runs one process that takes events', async ({}, { parallelIndex }) => {
  await expectToWork(await inOneProcess(parallelIndex, readUnit('foghorn.service')))
})

const SEVERAL: [string, () => Part[]][] = [
  ['Compose', () => asParts(readCompose('compose.scaled.yaml'))],
  ['Kubernetes', readKubernetes],
  ['systemd', () => ROLES.map((role) => ({ name: role, role, ...readUnit('foghorn@.service', role) }))],
]

// One of them shows whether the parts fit together; the others say the same in their own words, in the long run.
for (const [name, read] of process.env['FOGHORN_LONG'] ? SEVERAL : SEVERAL.slice(0, 1))
  test(`the processes of ${name} work together, and answer what they are asked for`, async ({}, { parallelIndex }) => {
    test.skip(natsIsMissing !== undefined, natsIsMissing ?? '')
    const parts = read().map((part) => ({ ...part, env: { ...image.env, ...part.env } }))
    expect(parts.map(({ role }) => role).toSorted()).toEqual([...ROLES].toSorted())
    const scaled = await createScaled(parallelIndex, { parts, natsServers: 3 })
    await expectToWork(scaled, async () => {
      for (const { service } of scaled.members) {
        expect(healthIs(service.url)).toBe(0)
        for (const path of new Set(['/healthz', ...readKubernetes().flatMap(({ probes }) => probes)]))
          await expect.poll(async () => (await fetch(service.url + path)).status).toBe(200)
      }
    })
  })
