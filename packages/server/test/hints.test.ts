import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CommitterJson, HintJson, SimilarIssueJson } from '../src/index.ts'
import { envelope, errorEvent, newEventId, NOON, startService, type TestEvent, type TestService } from './harness.ts'
import { bundleOf, MAP, upload } from './upload.ts'
import { thrownIn } from './thrown-in.ts'

const HOUR = 3_600_000

let service: TestService
beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.close())

const ask = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
  const response = await service.request(`/api/0${path}`, {
    method,
    headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  expect(response.status).toBeLessThan(300)
  return (await response.json()) as Body
}

const send = async (...events: TestEvent[]): Promise<void> => {
  for (const event of events) await service.post(service.envelopePath, envelope(event))
  await service.digest()
}

const hints = (issue = 1) => ask<HintJson[]>('GET', `/organizations/acme/issues/${issue}/hints/`)
const hintTypes = async (issue = 1): Promise<string[]> => (await hints(issue)).map(({ type }) => type)
const createRelease = (version: string, body: object = {}) =>
  ask('POST', '/organizations/acme/releases/', { version, projects: ['shop'], ...body })

const commit = (id: string, path: string, message = 'change') => ({
  id: id.repeat(40),
  repository: 'acme/shop',
  author_name: 'Ada',
  author_email: 'ada@acme.test',
  message,
  timestamp: new Date(NOON - HOUR).toISOString(),
  patch_set: [{ path, type: 'M' }],
})

describe('hints at the cause', () => {
  test('an issue that nothing tells about has none', async () => {
    await send(thrownIn('src/a.ts'))
    expect(await hints()).toEqual([])
  })

  test('it came with a release, right after its deploy, and with a commit that touched where it is thrown', async () => {
    await createRelease('shop@1.0.0')
    await createRelease('shop@1.1.0', {
      commits: [commit('a', 'packages/web/src/cart/total.ts'), commit('b', 'README.md')],
    })
    await ask('POST', '/organizations/acme/releases/shop@1.1.0/deploys/', {
      environment: 'production',
      dateFinished: new Date(NOON - 12 * 60_000).toISOString(),
    })
    const event = thrownIn('webpack:///./src/cart/total.ts', { release: 'shop@1.1.0', environment: 'production' })
    await send(event)
    const found = await hints()
    expect(found.map(({ type, text }) => [type, text])).toEqual([
      ['suspect-commit', 'aaaaaaaa by Ada touched src/cart/total.ts, where it is thrown.'],
      ['same-deploy', 'First seen 12 minutes after shop@1.1.0 was deployed to production.'],
      ['same-release', 'First seen in shop@1.1.0, not in shop@1.0.0 before it.'],
    ])
    expect(found[0]!.evidence.commits).toMatchObject([{ id: 'a'.repeat(40), path: 'src/cart/total.ts', depth: 0 }])
    expect(found[1]!.evidence).toMatchObject({ eventID: event.event_id, environment: 'production' })
    const { committers } = await ask<{ committers: CommitterJson[] }>(
      'GET',
      `/projects/acme/shop/events/${event.event_id}/committers/`,
    )
    expect(committers).toMatchObject([{ author: { email: 'ada@acme.test' }, commits: [{ id: 'a'.repeat(40) }] }])
  })

  test('a regression is told by the release that it came back with', async () => {
    await createRelease('shop@1.0.0')
    await send(thrownIn('src/cart/total.ts', { release: 'shop@1.0.0' }))
    await ask('PUT', '/organizations/acme/issues/1/', { status: 'resolved' })
    await createRelease('shop@1.1.0', { commits: [commit('c', 'src/cart/total.ts')] })
    service.clock.now += HOUR
    const event = thrownIn('src/cart/total.ts', { release: 'shop@1.1.0', timestamp: service.clock.now / 1000 })
    await send(event)
    expect(await hints()).toMatchObject([
      { type: 'suspect-commit', evidence: { release: 'shop@1.1.0', commits: [{ id: 'c'.repeat(40) }] } },
      {
        type: 'same-release',
        text: 'Came back in shop@1.1.0, not in shop@1.0.0 before it.',
        evidence: { eventID: event.event_id },
      },
    ])
  })

  test('a deploy elsewhere, a day ago or later is none', async () => {
    await createRelease('shop@1.1.0')
    const deploy = (environment: string, time: number) =>
      ask('POST', '/organizations/acme/releases/shop@1.1.0/deploys/', {
        environment,
        dateFinished: new Date(time).toISOString(),
      })
    await deploy('staging', NOON - HOUR)
    await deploy('production', NOON - 25 * HOUR)
    await deploy('production', NOON + HOUR)
    await send(thrownIn('src/a.ts', { release: 'shop@1.1.0' }))
    expect(await hintTypes()).toEqual([])
  })

  test('a request failed just before', async () => {
    const crumb = (seconds: number, status_code: number) => ({
      timestamp: NOON / 1000 - seconds,
      category: 'fetch',
      data: { method: 'GET', url: '/api/cart', status_code },
    })
    await send(
      thrownIn('src/a.ts', { breadcrumbs: [crumb(2, 500), crumb(1, 200)] }),
      thrownIn('src/b.ts', { breadcrumbs: [crumb(60, 500), crumb(1, 200)] }),
    )
    expect(await hints(1)).toMatchObject([
      {
        type: 'failing-request',
        text: 'GET /api/cart was answered 500, 2.0 seconds before.',
        evidence: { method: 'GET', url: '/api/cart', status: 500, secondsBefore: 2 },
      },
    ])
    expect(await hintTypes(2)).toEqual([])
  })

  test('it is thrown in a script of another host', async () => {
    const foreign = (host: string) =>
      errorEvent({
        event_id: newEventId(),
        request: { url: 'https://shop.test/cart' },
        exception: {
          values: [
            {
              type: 'Error',
              value: host,
              stacktrace: {
                frames: [{ filename: `https://${host}/x.js`, function: 'n', lineno: 1, colno: 2, in_app: false }],
              },
            },
          ],
        },
      })
    await send(foreign('widgets.example'), foreign('cdn.shop.test'))
    expect(await hints(1)).toMatchObject([
      { type: 'third-party-host', evidence: { host: 'widgets.example', page: 'shop.test' } },
    ])
    expect(await hintTypes(2)).toEqual([])
  })

  test('nearly all of it happens in a version of a browser that is new', async () => {
    const inBrowser = (file: string, version: string) =>
      thrownIn(file, { contexts: { browser: { name: 'Chrome', version } } })
    const times = (count: number, event: () => TestEvent) => Array.from({ length: count }, event)
    await send(
      ...times(6, () => inBrowser('src/new.ts', '157.0.1')),
      ...times(9, () => inBrowser('src/old.ts', '156.0.9')),
      ...times(1, () => inBrowser('src/old.ts', '157.0.1')),
    )
    expect(await hints(1)).toMatchObject([
      { type: 'new-browser-version', evidence: { browser: 'Chrome 157', events: 6, of: 6, share: 1 } },
    ])
    expect(await hintTypes(2)).toEqual([])
  })
})

describe('similar issues', () => {
  const similar = async (issue: number): Promise<[string, number][]> =>
    (await ask<SimilarIssueJson[]>('GET', `/organizations/acme/issues/${issue}/similar/`)).map(
      ([{ title }, { score }]) => [title, score],
    )
  const message = (text: string): TestEvent => ({ event_id: newEventId(), message: text })

  test('have words of their message in common, the rarer the better', async () => {
    await send(
      message('payment provider refused the card'),
      message('payment provider timed out'),
      message('the cart is empty'),
    )
    const found = await similar(1)
    expect(found.map(([title]) => title)).toEqual(['payment provider timed out'])
    expect(found[0]![1]).toBeGreaterThan(0.2)
  })

  test('or frames of the original code', async () => {
    await upload(service, await bundleOf({ map: MAP }))
    const at = (type: string, frames: [number, number][]) =>
      errorEvent({
        event_id: newEventId(),
        exception: {
          values: [
            {
              type,
              value: type,
              stacktrace: {
                frames: frames.map(([lineno, colno]) => ({
                  filename: 'https://shop.test/static/app.js',
                  lineno,
                  colno,
                })),
              },
            },
          ],
        },
      })
    await send(at('OneError', [[1, 10]]), at('OtherError', [[1, 10]]))
    expect((await similar(1)).map(([title]) => title)).toEqual(['OtherError: OtherError'])
  })

  test('what everybody has in common says nothing, and work is bounded', async () => {
    for (let number = 0; number < 210; number += 1)
      await service.post(service.envelopePath, envelope(message(`common thing ${'x'.repeat(3)}${number}y`)))
    await service.digest()
    expect(await similar(1)).toEqual([])
  })

  test('are gone with the merge that made them one', async () => {
    await send(message('payment provider refused'), message('payment provider refused us'))
    expect(await similar(1)).toHaveLength(1)
    await ask('PUT', '/organizations/acme/issues/?id=1&id=2', { merge: 1 })
    expect(await similar(1)).toEqual([])
  })
})
