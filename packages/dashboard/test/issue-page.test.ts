import type { BreadcrumbJson, EventJson, IssueDetailsJson, ReleaseJson } from '@foghorn/server'
import { expect, test } from 'vitest'
import { eventMarkdown } from '../src/issue/markdown.ts'
import { filterTrail, kindsOf } from '../src/issue/trail.ts'
import { marksOf } from '../src/issue/trend.ts'
import { amongListed } from '../src/issue/use-event-steps.ts'

test('one goes from an event to its older and newer like', () => {
  const ids = ['newest', 'middle', 'oldest']
  expect(amongListed(ids, 'middle', true)).toEqual({
    first: 'oldest',
    previous: 'oldest',
    next: 'newest',
    latest: 'newest',
  })
  expect(amongListed(ids, 'newest', true)).toMatchObject({ next: null, latest: null, previous: 'middle' })
  expect(amongListed(ids, 'oldest', true)).toMatchObject({ first: null, previous: null, next: 'middle' })
})

test('the first one is known only when all have been read, and an event that was not met yet has no neighbours', () => {
  expect(amongListed(['newest', 'middle'], 'middle', false)).toMatchObject({ first: null, previous: null })
  expect(amongListed(['newest', 'middle'], 'elsewhere', false)).toEqual({
    first: null,
    previous: null,
    next: null,
    latest: 'newest',
  })
})

const release = (version: string, dates: Partial<ReleaseJson>): ReleaseJson =>
  ({
    version,
    dateReleased: null,
    firstEvent: null,
    dateCreated: '2026-11-01T00:00:00Z',
    lastDeploy: null,
    ...dates,
  }) as ReleaseJson

test('releases and deploys stand in the chart where they happened, and only those within it', () => {
  const start = Date.parse('2026-11-20T00:00:00Z') / 1000
  const steps = [0, 1, 2, 3].map((day): [number, number] => [start + day * 86_400, 1])
  const deploy = {
    id: '1',
    environment: 'production',
    name: null,
    url: null,
    dateStarted: null,
    dateFinished: '2026-11-23T00:00:00Z',
  }
  const marks = marksOf(steps, [
    release('old', {}),
    release('seen', { firstEvent: '2026-11-21T00:00:00Z' }),
    release('released', { dateReleased: '2026-11-22T00:00:00Z', lastDeploy: deploy }),
    release('later', { dateReleased: '2026-11-24T00:00:00Z' }),
  ])
  expect(marks.map(({ kind, version, position }) => [kind, version, position])).toEqual([
    ['deploy', 'released', 0.75],
    ['release', 'released', 0.5],
    ['release', 'seen', 0.25],
  ])
})

const crumbs: BreadcrumbJson[] = [
  { category: 'fetch', timestamp: null, data: { method: 'GET', url: '/api/cart', status_code: 500 } },
  { category: 'ui.click', timestamp: null, message: 'button#pay' },
  { category: 'console', timestamp: null, message: 'paying', level: 'error' },
  { category: 'sentry.event', timestamp: null, message: 'earlier' },
]

test('breadcrumbs are told apart by kind, and a failed request is a problem too', () => {
  expect(Object.fromEntries(kindsOf(crumbs))).toEqual({ problem: 2, request: 1, input: 1, console: 1, other: 1 })
  expect(filterTrail(crumbs, { kind: 'problem', text: '' })).toEqual([crumbs[0], crumbs[2]])
  expect(filterTrail(crumbs, { text: ' PAY' })).toEqual([crumbs[1], crumbs[2]])
  expect(filterTrail(crumbs, { kind: 'request', text: 'pay' })).toEqual([])
})

const issue = { title: '`x` <b>*bold*</b>\n# no', shortId: 'SHOP-1', count: '3', userCount: 2 } as IssueDetailsJson
const event = {
  release: { version: 'shop@1' },
  environment: 'production',
  tags: [],
  entries: [{ type: 'message', data: { formatted: 'a\n```\nclosed?' } }],
} as unknown as EventJson

test('what strangers wrote is only text in Markdown', () => {
  const text = eventMarkdown(issue, event, 'https://foghorn.test/x')
  expect(text.split('\n')[0]).toBe(String.raw`## \`x\` \<b\>\*bold\*\</b\> \# no`)
  expect(text).toContain('````\na\n```\nclosed?\n````')
  expect(text).toContain('- **Release**: shop@1')
})
