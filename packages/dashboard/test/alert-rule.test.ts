import { expect, test } from 'vitest'
import { toTarget } from '../src/alerts/channel-target.ts'
import { describeTrigger } from '../src/alerts/describe-trigger.ts'
import { doesNothing, toRule } from '../src/alerts/new-rule.ts'
import { withTickets } from '../src/tickets/ticket-choices.tsx'

test('a form makes a rule, with what it leaves out as the service has it', () => {
  const values = { name: '', count: '20', minutes: '5', environment: 'prod*', everyMinutes: '' }
  expect(toRule('users', values, ['1', '2'])).toEqual({
    name: 'Many users of one issue',
    trigger: { when: 'users', count: 20, minutes: 5, of: 'issue' },
    conditions: [{ on: 'environment', pattern: 'prod*' }],
    steps: [{ afterMinutes: 0, channels: [1, 2] }],
    everyMinutes: 60,
  })
  expect(toRule('new-issue', { name: 'mine' }, ['1'])).toMatchObject({ name: 'mine', trigger: { when: 'new-issue' } })
})

test('a rule needs a channel or a ticket, and either is enough', () => {
  expect(doesNothing(toRule('new-issue', {}, []))).toBe(true)
  expect(doesNothing(toRule('new-issue', {}, ['1']))).toBe(false)
  expect(doesNothing(withTickets(toRule('new-issue', {}, []), ['3']))).toBe(false)
})

test('a rule says what it waits for', () => {
  expect(describeTrigger({ when: 'events', count: 9, minutes: 2, of: 'project' })).toBe(
    '9 events of the project within 2 minutes',
  )
  expect(describeTrigger({ when: 'regression' })).toBe('A resolved or archived issue comes back')
})

test('a channel leads where its form says', () => {
  expect(toTarget('email', { name: 'x', to: 'ada@example.com, bob@example.com,' })).toEqual({
    kind: 'email',
    to: ['ada@example.com', 'bob@example.com'],
  })
  expect(toTarget('extension', { notifier: 'acme/pager', settings: 'room=12, url=https://a.test/?x=1' })).toEqual({
    kind: 'extension',
    notifier: 'acme/pager',
    settings: { room: '12', url: 'https://a.test/?x=1' },
  })
  expect(toTarget('slack', { name: 'x', url: 'https://hooks.slack.test/1' })).toEqual({
    kind: 'slack',
    url: 'https://hooks.slack.test/1',
  })
})

test('a form asks each trigger for what it knows, and leaves out what is empty', () => {
  const values = { percent: '20', risenBy: '', minutes: '60', atLeast: '500', environment: 'prod*', owner: '#shop' }
  expect(toRule('unresolved-frames', values, ['1'])).toMatchObject({
    trigger: { when: 'unresolved-frames', percent: 20, minutes: 60, atLeast: 500 },
    conditions: [
      { on: 'environment', pattern: 'prod*' },
      { on: 'owner', pattern: '#shop' },
    ],
  })
  expect(toRule('crash-free', values, ['1']).conditions).toEqual([{ on: 'environment', pattern: 'prod*' }])
  expect(toRule('inbox', { ...values, count: '1000' }, ['1']).conditions).toEqual([])
  expect(toRule('web-vital', { vital: 'cls', above: '0.25' }, ['1']).trigger).toEqual({
    when: 'web-vital',
    vital: 'cls',
    above: 0.25,
  })
})
