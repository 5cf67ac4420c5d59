import { Writable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog } from '../src/log.ts'
import { envelope, errorEvent, METRICS_TOKEN, startService, type TestService } from './harness.ts'

let service: TestService
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const metrics = async (): Promise<string> => (await service.read('/metrics', METRICS_TOKEN)).text()

test('tell what was received, what waits, how fast requests were answered, and what the process uses', async () => {
  expect((await service.post(service.envelopePath, envelope(errorEvent()))).status).toBe(200)
  expect(await metrics()).toContain('foghorn_inbox_requests{state="waiting"} 1')
  await service.digest()
  const text = await metrics()
  expect(text).toContain('foghorn_inbox_requests{state="waiting"} 0')
  expect(text).toContain('foghorn_items{category="error",outcome="accepted",hour="current"} 1')
  expect(text).toMatch(
    /foghorn_http_request_duration_seconds_count\{method="POST",route="\/api\/:project\/envelope\/",status="200"\} 1/,
  )
  expect(text).toMatch(/foghorn_store_bytes\{file="inbox\.db"\} [1-9]/)
  expect(text).toMatch(/\nfoghorn_disk_free_bytes [1-9]/)
  expect(text).toMatch(/\nprocess_resident_memory_bytes [1-9]/)
})

test('have no label that strangers can multiply', async () => {
  const paths = ['/api/0/organizations/quux/', '/quux', '/api/quux', '/js/quux.js', '/api/quux/envelope/']
  for (const path of paths) await service.request(path)
  expect(await metrics()).not.toContain('quux')
})

test('are for those who have the token', async () => {
  expect((await service.request('/metrics')).status).toBe(401)
  expect((await service.read('/metrics', 'wrong')).status).toBe(401)
  expect((await service.read('/metrics')).status).toBe(401)
})

test('a service whose store is gone says that it is not ready, and no more', async () => {
  const other = await startService()
  expect((await other.request('/readyz')).status).toBe(200)
  await other.close()
  const response = await other.request('/readyz')
  expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('does not answer')])
  expect((await other.request('/healthz')).status).toBe(200)
})

test('no line of the log holds a secret, wherever it stood', () => {
  const lines: string[] = []
  const out = new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) })
  const log = createLog('json', out)
  const token = `fgh_${'0123456789abcdef'.repeat(4)}`
  log.error({ err: new Error(`GET https://ada:hunter2pass@errors.test/?token=s3cretvalue failed`) }, `used ${token}`)
  log.info({ headers: { authorization: `Bearer ${token}` } }, 'request')
  expect(lines).toHaveLength(2)
  for (const line of lines) expect(() => JSON.parse(line)).not.toThrow()
  expect(lines.join('')).not.toMatch(/fgh_0123|hunter2pass|s3cretvalue/)
})
