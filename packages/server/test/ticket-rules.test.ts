import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alertsOf } from './alert-setup.ts'
import { errorEvent, startService, type TestService } from './harness.ts'
import type { Fake } from './ticket-servers/fake.ts'
import { startGithub } from './ticket-servers/github.ts'
import { ticketsOf } from './ticket-setup.ts'
import { everythingStored, openDatabase } from './main-store.ts'

const MINUTE = 60_000

let service: TestService
let fake: Fake
let tickets: ReturnType<typeof ticketsOf>
beforeEach(async () => {
  fake = await startGithub()
  service = await startService({ networks: ['127.0.0.0/8'] })
  tickets = ticketsOf(service)
})
afterEach(async () => {
  await service.close()
  await fake.close()
  expect(fake.violations).toEqual([])
})

const fault = (name: string, fields: object = {}) => errorEvent({ fingerprint: [name], ...fields })
const ruleOf = (system: { id: string }, afterMinutes = 0) => ({
  name: 'many people',
  trigger: { when: 'events', count: 2, minutes: 60, of: 'issue' },
  steps: [{ afterMinutes, tickets: [Number(system.id)] }],
})

const after = async (minutes: number): Promise<void> => {
  service.clock.now += minutes * MINUTE
  await service.workOnTickets()
}

describe('a rule', () => {
  test('makes one ticket for each issue, whatever fires how often, and says why', async () => {
    const system = await tickets.connect(fake.target)
    await alertsOf(service).addRule({ ...ruleOf(system), everyMinutes: 1 })
    await tickets.report(fault('a'), fault('b'))
    await after(0)
    expect(fake.tickets.size).toBe(0)
    for (let minute = 0; minute < 3; minute += 1) {
      await tickets.report(fault('a', { timestamp: service.clock.now / 1000 }))
      await after(1)
    }
    expect([...fake.tickets.values()].map(({ text }) => text)).toEqual([
      expect.stringContaining('many people: 2 events within 60 minutes'),
    ])
    await tickets.report(fault('b'))
    await after(1)
    expect(fake.tickets.size).toBe(2)
  })

  test('makes none when somebody acknowledges before its time, and makes it at once when somebody asks', async () => {
    const system = await tickets.connect(fake.target)
    const alerts = alertsOf(service)
    await alerts.addRule(ruleOf(system, 15))
    await tickets.report(fault('a'), fault('a'))
    const { id: first } = await tickets.newest()
    const [alert] = await alerts.alerts()
    await alerts.ask('PUT', `/projects/acme/shop/alerts/${alert!.id}/`, { acknowledged: true })
    expect(await tickets.tickets(first)).toEqual([])
    await after(20)
    expect(fake.tickets.size).toBe(0)
    const now = { timestamp: service.clock.now / 1000 }
    await tickets.report(fault('b', now), fault('b', now))
    const { id: second } = await tickets.newest()
    await after(1)
    expect(await tickets.tickets(second)).toMatchObject([{ state: 'wanted' }])
    expect((await tickets.want(second, system)).status).toBe(202)
    await after(0)
    expect(fake.tickets.size).toBe(1)
    await after(20)
    expect(fake.tickets.size).toBe(1)
  })

  test('that is muted, or of a system that is gone, makes none; one of none that ever was is refused', async () => {
    const system = await tickets.connect(fake.target)
    const alerts = alertsOf(service)
    const rule = await alerts.addRule(ruleOf(system))
    const until = new Date(service.clock.now + MINUTE).toISOString()
    await alerts.ask('PUT', `/projects/acme/shop/alert-rules/${rule.id}/mute/`, { until })
    await tickets.report(fault('a'), fault('a'))
    await after(2)
    await tickets.disconnectAll()
    await tickets.report(fault('b'), fault('b'))
    await after(2)
    expect([fake.tickets.size, (await alerts.alerts()).length]).toEqual([0, 2])
    const refused = await alerts.ask('POST', '/projects/acme/shop/alert-rules/', ruleOf({ id: '77' }))
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('no ticket system 77')])
    const empty = { ...ruleOf(system), steps: [{ afterMinutes: 0 }] }
    expect((await alerts.ask('POST', '/projects/acme/shop/alert-rules/', empty)).status).toBe(400)
  })
})

const opened = async (reactions: object = {}) => {
  const system = await tickets.connect(fake.target, reactions)
  await tickets.report(fault('a'))
  const { id: issue } = await tickets.newest()
  await tickets.want(issue, system)
  await after(0)
  return { system, issue, ticket: fake.tickets.get('1')! }
}

const back = async (name = 'a'): Promise<void> => {
  service.clock.now += MINUTE
  await tickets.report(fault(name, { timestamp: service.clock.now / 1000 }))
}

test('an issue that comes back before its ticket was closed leaves it open', async () => {
  const { issue, ticket } = await opened()
  fake.instead(() => ({ status: 503 }))
  await tickets.change(issue, { status: 'resolved' })
  await after(0)
  await back()
  fake.well()
  for (let turn = 0; turn < 3; turn += 1) await after(60)
  expect([ticket.isClosed, (await tickets.issue(issue)).status]).toEqual([false, 'unresolved'])
  const patches = fake.received.filter(({ method }) => method === 'PATCH')
  expect(patches).toEqual([])
})

test.each([
  [{ resolved: 'comment', back: 'comment', closed: 'nothing' }, 2],
  [{ resolved: 'nothing', back: 'nothing', closed: 'nothing' }, 0],
])('what follows from what can be chosen: %j', async (reactions, comments) => {
  const { issue, ticket } = await opened(reactions)
  await tickets.change(issue, { status: 'resolved' })
  await after(1)
  await back()
  await after(1)
  expect([ticket.isClosed, ticket.comments.length]).toEqual([false, comments])
  ticket.isClosed = true
  await after(10)
  expect((await tickets.issue(issue)).status).toBe('unresolved')
  expect(await tickets.tickets(issue)).toMatchObject([{ state: 'closed' }])
})

test('a ticket of two issues is closed when both are resolved, and closing it resolves both', async () => {
  const { system, issue, ticket } = await opened()
  await tickets.report(fault('b'))
  const { id: other } = await tickets.newest()
  expect((await tickets.want(other, system, '#1')).status).toBe(201)
  await tickets.change(issue, { status: 'resolved' })
  await after(1)
  expect(ticket.isClosed).toBe(false)
  await tickets.change(other, { status: 'resolved' })
  await after(1)
  expect(ticket.isClosed).toBe(true)
  await back()
  await after(1)
  expect(ticket.isClosed).toBe(false)
  ticket.isClosed = true
  await after(10)
  expect([(await tickets.issue(issue)).status, (await tickets.issue(other)).status]).toEqual(['resolved', 'resolved'])
})

test('the ticket of an issue that was merged into another belongs to that one', async () => {
  const { issue, ticket } = await opened()
  await tickets.report(fault('b'), fault('b'), fault('b'))
  const { id: target } = await tickets.newest()
  const merged = await tickets.ask('PUT', `/organizations/acme/issues/?id=${target}&id=${issue}`, { merge: 1 })
  expect(await merged.json()).toMatchObject({ merge: { parent: target, children: [issue] } })
  expect(await tickets.tickets(target)).toMatchObject([{ key: '1', state: 'open' }])
  ticket.isClosed = true
  await after(10)
  expect((await tickets.issue(target)).status).toBe('resolved')
  await tickets.change(target, { status: 'unresolved' })
  await after(1)
  expect(ticket.isClosed).toBe(false)
})

test('secrets are never shown, lie sealed, and what is done is in the audit log', async () => {
  const system = await tickets.connect(fake.target)
  const path = '/organizations/acme/ticket-systems/'
  const list = await (await tickets.ask('GET', path)).text()
  expect(`${list}${JSON.stringify({ ...system, secret: null })}`).not.toMatch(/github_pat|[\da-f]{64}/)
  expect(system.secret).toMatch(/^[\da-f]{64}$/)
  expect(list).toContain(`http://foghorn.test/api/0/ticket-hooks/${system.id}/`)
  const wrong = await tickets.ask('POST', path, { name: 'x', target: { ...fake.target, repository: '../x' } })
  expect([wrong.status, await wrong.text()]).toEqual([400, expect.not.stringContaining('github_pat')])
  expect(await everythingStored(service.data)).not.toContain('github_pat')
  await tickets.ask('DELETE', `${path}${system.id}/`)
  const { rows } = (await (await tickets.ask('GET', '/organizations/acme/audit-logs/')).json()) as {
    rows: { event: string; note: string }[]
  }
  expect(rows.map(({ event, note }) => `${event} ${note}`)).toEqual([
    'ticket-system.remove Tickets',
    'ticket-system.create Tickets',
  ])
})

test('issues that are forgotten take their tickets along, and what waits for them', async () => {
  const { issue, system } = await opened()
  fake.instead(() => 'hang up')
  await tickets.change(issue, { status: 'resolved' })
  const db = await openDatabase(service.data)
  await db.updateTable('issue').set({ last_seen: 0 }).execute()
  await db.deleteFrom('event').execute()
  await service.stores.retention.deleteForgottenIssues(service.project.id, service.clock.now)
  const left = await Promise.all([
    db.selectFrom('ticket').selectAll().execute(),
    db.selectFrom('ticket_task').selectAll().execute(),
  ])
  await db.destroy()
  expect([left, system.id]).toEqual([[[], []], system.id])
})
