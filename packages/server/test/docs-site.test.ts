import { afterAll, beforeAll, expect, test } from 'vitest'
import { startService, type TestService } from './harness.ts'

let service: TestService
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const textAt = async (path: string): Promise<[number, string]> => {
  const response = await service.request(path)
  return [response.status, await response.text()]
}

test('anybody reads the documentation, each page under the address of its folder', async () => {
  expect(await textAt('/docs/')).toEqual([200, '<h1>Foghorn</h1>'])
  expect(await textAt('/docs/alerts/')).toEqual([200, '<h1>Alerts</h1>'])
  for (const path of ['/docs', '/docs/alerts']) {
    const response = await service.request(path)
    expect([response.status, response.headers.get('location')]).toEqual([301, `${path}/`])
  }
})

test('what is not there is said to be so, by a page for people', async () => {
  for (const path of ['/docs/nothing/', '/docs/assets/gone.js'])
    expect(await textAt(path)).toEqual([404, '<h1>There is no such page</h1>'])
})

test('nothing inline runs there, and a browser asks whether what it has is still right', async () => {
  const response = await service.request('/docs/assets/site.js')
  expect(response.headers.get('content-security-policy')).toContain("script-src 'self'; style-src 'self';")
  expect(response.headers.get('cache-control')).toBe('no-cache')
  const again = await service.request('/docs/assets/site.js', {
    headers: { 'if-none-match': response.headers.get('etag')! },
  })
  expect(again.status).toBe(304)
})
