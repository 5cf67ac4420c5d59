import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from './program.ts'
import { foghorn, startService, type Service } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const FRAMES = [{ function: 't', lineno: 1, colno: 30 }]

const sendAtOnce = (amount: number): Promise<string[]> =>
  Promise.all(Array.from({ length: amount }, () => service.send(FRAMES)))

/** Sends without pause until told to stop; tells how many were acknowledged. */
const keepSending = () => {
  const state = { isStopped: false }
  const sent = (async () => {
    let acknowledged = 0
    while (!state.isStopped) acknowledged += (await sendAtOnce(25)).length
    return acknowledged
  })()
  return () => {
    state.isStopped = true
    return sent
  }
}

test('a backup taken while events pour in, restored elsewhere, has every event acknowledged before it began', async () => {
  const stop = keepSending()
  const acknowledged = await sendAtOnce(200)
  const file = join(temporaryFolder(), 'backup.tar.gz')
  const made = await foghorn(['backup', file, '--data', service.data, '--json'])
  expect(made.code, made.stderr).toBe(0)
  expect(await stop()).toBeGreaterThan(25)

  const data = join(temporaryFolder(), 'data')
  const restored = await foghorn(['restore', file, '--data', data, '--json'])
  expect(restored.code, restored.stderr).toBe(0)
  expect(JSON.parse(restored.stdout)).toMatchObject({ data, events: JSON.parse(made.stdout).events })
  const other = await startService(data)
  onTestFinished(() => other.close())
  for (const id of acknowledged) await expect.poll(async () => (await other.read(id)).status).toBe(200)
})

test('a folder has one service at a time', async () => {
  const { code, stderr } = await foghorn(['serve', '--port', '0', '--data', service.data])
  expect([code, stderr]).toEqual([1, expect.stringContaining(`Another service runs on ${service.data}.`)])
})

test('what cannot be restored is said in one sentence', async () => {
  const { code, stderr } = await foghorn(['restore', '/nowhere.tar.gz', '--data', join(temporaryFolder(), 'data')])
  expect([code, stderr.trim()]).toEqual([1, 'There is no file /nowhere.tar.gz.'])
})

test('the settings in force are printed without their secrets', async () => {
  const secret = 'metrics-secret-0123456789'
  const { stdout } = await foghorn(['config', '--port', '5800', '--json'], { FOGHORN_METRICS_TOKEN: secret })
  expect(JSON.parse(stdout)).toContainEqual(
    expect.objectContaining({ variable: 'FOGHORN_PORT', value: '5800', source: 'flag' }),
  )
  expect(stdout).not.toContain(secret)
})
