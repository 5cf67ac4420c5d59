import { expect, test } from './harness/test.ts'

const TEXT = 'The cart cannot hold -2 of lantern'

test('an event that got its 200 survives kill -9 at that moment, once', async ({ page, ownInstallation }) => {
  const { reader, service, shopUrl } = ownInstallation
  await page.goto(shopUrl)
  const answer = page.waitForResponse((response) => response.request().postData()?.includes(TEXT) ?? false)
  await page.getByTestId('fail-method').click()
  expect((await answer).status()).toBe(200)
  await service.kill()
  await page.goto('about:blank')
  await service.start()

  const issue = await reader.issue(TEXT)
  expect(await reader.eventsOf(issue)).toHaveLength(1)
  expect(issue.count).toBe('1')
})

const SENDERS = 16
// Acknowledged events after which the service is killed: others in each round, the same in each run.
const MOMENTS = Array.from({ length: process.env['FOGHORN_LONG'] ? 100 : 3 }, (_, round) => 5 + ((round * 37) % 60))
const BURST_TEXT = 'Ship in the fog'

const newEventId = () => crypto.randomUUID().replaceAll('-', '')

const envelope = (eventId: string) =>
  [
    { event_id: eventId, sent_at: new Date().toISOString() },
    { type: 'event' },
    { event_id: eventId, message: BURST_TEXT, level: 'error', platform: 'javascript' },
  ]
    .map((part) => JSON.stringify(part))
    .join('\n')

const envelopeUrl = (dsn: string) => {
  const { origin, username, pathname } = new URL(dsn)
  return `${origin}/api${pathname}/envelope/?sentry_version=7&sentry_key=${username}`
}

const isAccepted = async (url: string, eventId: string) =>
  (await fetch(url, { method: 'POST', body: envelope(eventId) }).catch(() => undefined))?.status === 200

test('killed at any moment of a burst, the service has every event it took, once', async ({ ownInstallation }) => {
  test.setTimeout(60_000 + MOMENTS.length * 10_000)
  const { client, reader, service } = ownInstallation
  const accepted: string[] = []
  for (const moment of MOMENTS) {
    const before = accepted.length
    const sendUntilKilled = async () => {
      for (let id = newEventId(); await isAccepted(envelopeUrl(client.dsn), id); id = newEventId()) {
        accepted.push(id)
        if (accepted.length === before + moment) await service.kill()
      }
    }
    await Promise.all(Array.from({ length: SENDERS }, sendUntilKilled))
    expect(accepted.length).toBeGreaterThanOrEqual(before + moment)
    await service.start()
  }

  for (const id of accepted) expect((await reader.event(id)).eventID).toBe(id)
  const issue = await reader.issue(BURST_TEXT)
  // What got no answer any more may have been stored too, but counted as often as it is there.
  const countedTooOften = async () => {
    const { count } = await reader.issue(BURST_TEXT)
    return Number(count) - (await reader.eventsOf(issue)).length
  }
  await expect.poll(countedTooOften).toBe(0)
})
