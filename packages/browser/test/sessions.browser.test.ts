import { expect, test } from 'vitest'
import { useSite } from './harness/site.ts'

const site = useSite()

interface Session {
  sid: string
  init: boolean
  status: string
  errors: number
  attrs: { release: string }
}

const sessions = async (count: number): Promise<Session[]> => {
  const found = (): Session[] =>
    site.ingest.items.filter((item) => item.type === 'session').map((item) => item.payload as Session)
  await expect.poll(() => found().length).toBe(count)
  return found()
}

test('a page load is a session, which an unhandled error crashes', async () => {
  const answered = site.page.waitForResponse('**/envelope/**')
  const page = await site.open({ autoSessionTracking: true })
  await (await answered).finished()
  expect(await sessions(1)).toMatchObject([{ init: true, status: 'ok', errors: 0, attrs: { release: 'shop@1' } }])
  await page.evaluate('Foghorn.captureException(new Error("handled"))')
  await site.run('throw new Error("unhandled")')
  await site.run('throw new Error("another")')
  const [opened, ...updates] = await sessions(3)
  expect(updates).toMatchObject([
    { sid: opened!.sid, status: 'ok', errors: 1 },
    { sid: opened!.sid, status: 'crashed', errors: 2 },
  ])
})

test('a session whose opening was lost is opened by its first update', async () => {
  let requests = 0
  // Once with keepalive, once without.
  site.ingest.answer = () => ((requests += 1) <= 2 ? 'dropped' : { status: 200 })
  await site.open({ autoSessionTracking: true })
  await expect.poll(() => requests).toBe(2)
  await site.run('throw new Error("unhandled")')
  expect(await sessions(1)).toMatchObject([{ init: true, status: 'crashed' }])
})

test('feedback arrives with the event that it is about', async () => {
  const page = await site.open()
  const eventId = await page.evaluate('Foghorn.captureException(new Error("broken"))')
  const id = await page.evaluate('Foghorn.captureFeedback({ message: "It broke", email: "a@b.example" })')
  await expect.poll(() => site.ingest.items.filter((item) => item.type === 'feedback')).toHaveLength(1)
  expect(site.ingest.items.find((item) => item.type === 'feedback')!.payload).toMatchObject({
    type: 'feedback',
    event_id: id,
    contexts: { feedback: { message: 'It broke', contact_email: 'a@b.example', associated_event_id: eventId } },
  })
})

test('the report dialog is asked for from the service, with the texts given', async () => {
  const page = await site.open()
  const request = page.waitForRequest('**/api/embed/error-page/**')
  await page.evaluate(
    'Foghorn.captureException(new Error("broken")); Foghorn.showReportDialog({ title: "Oh & no", user: { name: "A" } })',
  )
  const { origin, searchParams } = new URL((await request).url())
  expect(origin).toBe(site.ingest.url)
  expect(Object.fromEntries(searchParams)).toMatchObject({ dsn: site.ingest.dsn, title: 'Oh & no', name: 'A' })
  expect(searchParams.get('eventId')).toMatch(/^[\da-f]{32}$/)
})

test('sessions by hand: started, sent as they stand, ended', async () => {
  const page = await site.open({ autoSessionTracking: false })
  await page.evaluate('Foghorn.startSession()')
  const [opened] = await sessions(1)
  expect(opened).toMatchObject({ init: true, status: 'ok', errors: 0 })
  await page.evaluate('Foghorn.captureSession()')
  await sessions(2)
  await page.evaluate('Foghorn.endSession()')
  expect((await sessions(3))[2]).toMatchObject({ sid: opened!.sid, status: 'exited' })
  await site.run('throw new Error("after it")')
  await site.firstEvent()
  await sessions(3)
  await page.evaluate('Foghorn.startSession()')
  expect((await sessions(4))[3]!.sid).not.toBe(opened!.sid)
})
