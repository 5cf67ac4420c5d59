import type { ClientEvent } from '@foghorn/protocol'
import { describe, expect, test } from 'vitest'
import { type App, useApp } from './app.ts'

/** The service takes each event ID once, however often it is sent. */
const eventsOf = ({ ingest }: App): ClientEvent[] => [
  ...new Map(ingest.events().map((event) => [event.event_id, event])).values(),
]

/** Waits until everything has been delivered, then gives all events: one too many would be among them. */
const delivered = async (app: App, count = 1): Promise<ClientEvent[]> => {
  await expect.poll(() => eventsOf(app).length).toBeGreaterThanOrEqual(count)
  // Leaving sends what waits, and the next page what was left.
  await app.page.reload()
  await app.page.goto('about:blank')
  expect(eventsOf(app).map((event) => event.exception?.values.at(-1)?.value)).toHaveLength(count)
  return eventsOf(app)
}

const thrownOf = (event: ClientEvent) => event.exception!.values.at(-1)!

const reactOf = (event: ClientEvent) => event.contexts?.['react'] as { version: string; componentStack: string }

const trailOf = (event: ClientEvent): string => reactOf(event).componentStack

const BOUNDARY = { type: 'auto.function.react.error_boundary', handled: true }

const BUILDS = [
  [18, 'production'],
  [19, 'production'],
  [19, 'development'],
  ...(process.env['FOGHORN_LONG'] ? ([[18, 'development']] as const) : []),
] as const

describe.each(BUILDS)('React %i, built for %s', (version, mode) => {
  const app = useApp(version, mode)
  const caught = version === 19 ? { type: 'auto.function.react.caught', handled: true } : BOUNDARY

  test.each([
    ['render', "Cannot read properties of undefined (reading 'name')"],
    ['effect', 'The engine does not start'],
    ['async', 'The crew is asleep'],
    ['suspense', 'The tide gauge is dry'],
    ['transition', 'The buoy has drifted'],
    ['nested', 'The crane jams'],
    ['passed', 'The oar is broken'],
  ])('a failure in %s is reported once, with its component stack', async (id, message) => {
    await app.fail(id)
    const [event] = await delivered(app)
    expect(thrownOf(event!)).toMatchObject({ value: message, mechanism: caught })
    expect(trailOf(event!)).toContain(`${app.url}/assets/index-`)
    expect(reactOf(event!).version).toMatch(new RegExp(`^${version}\\.`))
  })

  test("without root handlers the boundary alone reports it, and the fallback knows the event's ID", async () => {
    await app.fail('render', { plain: true })
    const alert = app.page.getByRole('alert')
    await expect.poll(() => alert.getAttribute('data-event-id')).toMatch(/^[\da-f]{32}$/)
    const shown = await alert.getAttribute('data-event-id')
    const [event] = await delivered(app)
    expect(event!.event_id).toBe(shown)
    expect(thrownOf(event!).mechanism).toMatchObject(BOUNDARY)
  })

  test('a boundary written for another SDK, by the usual guide, works as it is', async () => {
    await app.fail('guide')
    const [event] = await delivered(app)
    expect(thrownOf(event!).value).toBe('The compass spins')
    expect(trailOf(event!)).toContain('/assets/index-')
  })

  test('an error in an event handler is reported once, by the window', async () => {
    await app.fail('event')
    await app.page.getByRole('button', { name: 'Blow the whistle' }).click()
    const [event] = await delivered(app)
    expect(thrownOf(event!)).toMatchObject({ value: 'The whistle is stuck', mechanism: { handled: false } })
  })

  test('a chunk that cannot be loaded is reported once, as what it is', async () => {
    await app.page.route('**/assets/Deck-*.js', (route) => route.fulfill({ status: 404 }))
    await app.fail('lazy')
    const events = await delivered(app)
    expect(thrownOf(events[0]!).mechanism).toMatchObject(caught)
    expect(events[0]!.contexts!['diagnosis']).toMatchObject({ kind: 'chunk-load' })
  })

  test('an error inside a fallback is reported, and so is the one that it was shown for', async () => {
    await app.fail('fallback')
    const events = await delivered(app, 2)
    expect(events.map((event) => thrownOf(event).value).sort()).toEqual(['The lifeboat leaks', 'The quay is flooded'])
  })

  test.each([{ plain: false }, { plain: true }])(
    'so is it where no boundary is above, with root handlers and without: %o',
    async (how) => {
      await app.fail('adrift', how)
      const events = await delivered(app, 2)
      const told = events.map((event) => [thrownOf(event).value, thrownOf(event).mechanism?.handled])
      expect(new Map(told as [string, boolean][])).toEqual(
        new Map([
          ['The quay is flooded', true],
          ['The lifeboat leaks', false],
        ]),
      )
    },
  )

  test('a thrown null is reported once', async () => {
    await app.fail('nothing')
    const [event] = await delivered(app)
    expect(thrownOf(event!)).toMatchObject({ value: 'null', mechanism: { ...caught, synthetic: true } })
  })

  test('an error that no boundary sees is reported once, as unhandled', async () => {
    await app.fail('outside')
    const [event] = await delivered(app)
    expect(thrownOf(event!)).toMatchObject({ value: 'The pier is gone', mechanism: { handled: false } })
    // React 18 has no handler for such errors: the window's event has no component stack.
    if (version === 19) expect(trailOf(event!)).toContain('at ')
  })

  test('a page that differs from what the server rendered is one hydration error', async () => {
    await app.fail('hydration')
    const [event] = await delivered(app)
    expect(thrownOf(event!)).toMatchObject({
      type: 'HydrationError',
      mechanism: { type: 'auto.function.react.recoverable', handled: true },
    })
    expect(event!.level).toBe('warning')
  })

  test('the children come back when a reset key changes, and when the fallback asks for it', async () => {
    await app.fail('render')
    const alert = app.page.getByRole('alert')
    await alert.waitFor()
    await app.page.getByTestId('fail-well').click()
    await app.page.getByText('All is well.').waitFor()
    expect(await alert.count()).toBe(0)
    await app.page.getByTestId('fail-render').click()
    await alert.getByRole('button', { name: 'Try again' }).click()
    await expect.poll(() => app.ingest.events().length).toBeGreaterThanOrEqual(1)
    expect(await alert.count()).toBe(1)
  })
})
