import { afterEach, beforeEach, expect, test } from 'vitest'
import type { GroupingRule } from '../src/grouping/rule.ts'
import { regroup } from '../src/regrouping/regroup.ts'
import type { EventJson } from '../src/api/event-shapes.ts'
import type { IssueJson } from '../src/api/shapes.ts'
import { envelope, errorEvent, startService, type TestEvent, type TestService } from './harness.ts'

let service: TestService
beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.close())

const RULES_KEPT_MS = 5000

const send = async (...events: TestEvent[]): Promise<void> => {
  for (const event of events) await service.post(service.envelopePath, envelope(event))
  await service.digest()
}

const path = '/api/0/projects/acme/shop/grouping-rules/'
const ask = (method: string, url: string, body: unknown): Promise<Response> =>
  service.request(url, {
    method,
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
  })

const decide = async (...rules: GroupingRule[]): Promise<void> => {
  expect((await ask('PUT', path, { rules })).status).toBe(200)
  service.clock.now += RULES_KEPT_MS + 1
  while (await regroup(service.stores));
}

const titles = async (): Promise<string[]> => {
  const response = await service.read('/api/0/projects/acme/shop/issues/?query=')
  return ((await response.json()) as IssueJson[]).map(({ title, count }) => `${title} ${count}`).toSorted()
}

const failing = (type: string, value: string, fields: TestEvent = {}) =>
  errorEvent({ exception: { values: [{ type, value }] }, ...fields })

const oneBucket: GroupingRule = {
  name: 'payment provider',
  matchers: [{ on: 'value', pattern: '*payment*' }],
  action: { fingerprint: ['payments'] },
}

test('a rule brings events together, those of before and those to come', async () => {
  await send(failing('Error', 'payment refused'), failing('TypeError', 'no payment method'), failing('Error', 'other'))
  await decide(oneBucket)
  await send(failing('RangeError', 'payment too large'))
  expect(await titles()).toEqual(['Error: other 1', 'RangeError: payment too large 3'])
  expect(service.told).toHaveLength(3)
})

test('taking a rule back takes the events apart again', async () => {
  await send(failing('Error', 'payment refused'), failing('TypeError', 'no payment method'))
  await decide(oneBucket)
  await decide()
  expect(await titles()).toEqual(['Error: payment refused 1', 'TypeError: no payment method 1'])
})

test('the fingerprint of the client goes before rules, and the event says which rule applied', async () => {
  await decide(oneBucket)
  const [mine, ruled] = [failing('Error', 'payment a', { fingerprint: ['mine'] }), failing('Error', 'payment b')]
  await send(mine, ruled)
  expect(await titles()).toHaveLength(2)
  const response = await service.read(`/api/0/projects/acme/shop/events/${ruled.event_id}/`)
  expect(((await response.json()) as EventJson).grouping).toMatchObject({
    rule: 'payment provider',
    keys: [{ variant: 'custom', parts: ['payments'] }],
  })
})

test('the first rule that holds applies; all its matchers must hold', async () => {
  await decide(
    {
      name: 'noise of robots',
      matchers: [
        { on: 'tag', tag: 'robot', pattern: 'yes' },
        { on: 'type', pattern: 'range*', negated: true },
      ],
      action: { drop: true },
    },
    { name: 'robots', matchers: [{ on: 'tag', tag: 'robot', pattern: '*' }], action: { level: 'info' } },
  )
  const robot = { tags: { robot: 'yes' } }
  await send(failing('Error', 'a', robot), failing('RangeError', 'b', robot), failing('Error', 'c'))
  expect(await titles()).toEqual(['Error: c 1', 'RangeError: b 1'])
  const outcomes = await service.stores.outcomes.list(service.project.id)
  expect(outcomes.find(({ reason }) => reason === 'grouping-rule')).toMatchObject({ outcome: 'filtered', quantity: 1 })
  const list = (await (await service.read('/api/0/projects/acme/shop/issues/?query=level:info')).json()) as IssueJson[]
  expect(list.map(({ title }) => title)).toEqual(['RangeError: b'])
})

test('a preview tells what rules would do to the newest events, and changes nothing', async () => {
  await send(failing('Error', 'payment refused'), failing('TypeError', 'no payment method'), failing('Error', 'other'))
  const response = await ask('POST', `${path}preview/`, { rules: [oneBucket] })
  expect(await response.json()).toEqual({
    events: 3,
    dropped: 0,
    groupsBefore: 3,
    groupsAfter: 2,
    rules: [
      { name: 'payment provider', events: 2, examples: ['TypeError: no payment method', 'Error: payment refused'] },
    ],
  })
  expect(await titles()).toHaveLength(3)
})

test('a rule that cannot work is refused by name', async () => {
  const response = await ask('PUT', path, { rules: [{ ...oneBucket, matchers: [{ on: 'tag', pattern: '*' }] }] })
  expect(response.status).toBe(400)
  expect(await response.text()).toContain('tag')
})
