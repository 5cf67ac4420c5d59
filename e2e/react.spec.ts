import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FrameJson } from '@foghorn/server'
import type { Page } from '@playwright/test'
import { buildReactApp, servePlayground } from '../scripts/playground.mjs'
import { logIn } from './harness/dashboard.ts'
import { exceptionsOf, innermostFirst } from './harness/exceptions.ts'
import { foghorn } from './harness/foghorn.ts'
import type { Installation } from './harness/installation.ts'
import { type Place, placesIn, readable } from './harness/places.ts'
import { expect, test as base } from './harness/test.ts'

const placeInApp = placesIn('playground/react-19')

interface ReactApp {
  url: string
  close(): Promise<void>
}

/** The app built minified with this React, its maps uploaded. */
const serveApp = async (version: 18 | 19, { upload, client }: Installation): Promise<ReactApp> => {
  const dist = await mkdtemp(join(tmpdir(), 'foghorn-react-'))
  await cp(await buildReactApp(version), dist, { recursive: true })
  await foghorn(['sourcemaps', 'inject', dist])
  await upload(dist)
  const app = await servePlayground({ ...client, port: 0, release: `ferry@${version}`, dist })
  const close = async () => {
    await app.close()
    await rm(dist, { recursive: true })
  }
  return { url: app.url, close }
}

/** Makes the app fail, and gives the ID that its fallback shows. */
const fail = async (page: Page, url: string, id: string): Promise<string> => {
  await page.goto(url)
  await page.getByTestId(`fail-${id}`).click()
  const alert = page.getByRole('alert')
  await expect(alert).toHaveAttribute('data-event-id', /^[\da-f]{32}$/)
  return (await alert.getAttribute('data-event-id')) as string
}

const FAILURES: { id: string; file: string; at: string; component: string }[] = [
  { id: 'render', file: 'src/failures/Timetable.tsx', at: 'departure.pier.^name', component: 'DepartureRow' },
  { id: 'effect', file: 'src/failures/Engine.tsx', at: 'throw ^new Error(', component: 'Engine' },
  { id: 'async', file: 'src/failures/Crew.tsx', at: 'throw ^new Error(', component: 'Crew' },
  { id: 'suspense', file: 'src/failures/Tide.tsx', at: 'failure = ^new Error(', component: 'WaterLevel' },
]

const withPlace = (components: FrameJson[] | null): FrameJson[] =>
  (components ?? []).filter(({ lineNo, inApp }) => lineNo !== null && inApp)

const linesOf = (frame: FrameJson): string => frame.context.map(([, text]) => text).join('\n')

const expectCrashAt = (crash: FrameJson | undefined, place: Place) =>
  expect(crash && readable(crash, place.file)).toMatchObject({ ...place, status: 'resolved' })

for (const version of [18, 19] as const) {
  const test = base.extend<{ app: ReactApp }>({
    app: async ({ installation }, use) => {
      const app = await serveApp(version, installation)
      await use(app)
      await app.close()
    },
  })

  test.describe(`React ${version}, minified`, () => {
    test('each failure reads as it was written, with its trail of components', async ({ page, app, installation }) => {
      for (const { id, file, at, component } of FAILURES) {
        const event = await installation.reader.event(await fail(page, app.url, id))
        const [crash] = innermostFirst(exceptionsOf(event).at(-1)?.stacktrace)
        expectCrashAt(crash, placeInApp(file, at))
        const trail = withPlace(event.componentStack)
        expect(trail[0], id).toMatchObject({ function: component, resolution: { status: 'resolved' } })
        expect(`/${trail[0]!.filename}`).toContain(`/${file}`)
        expect(linesOf(trail[0]!)).toContain(component)
        expect(trail.map((frame) => frame.function)).toEqual(expect.arrayContaining(['Crossing', 'App']))
      }
    })

    test('an error that a boundary lets through still tells where it came from', async ({
      page,
      app,
      installation,
    }) => {
      const event = await installation.reader.event(await fail(page, app.url, 'nested'))
      const [crash] = innermostFirst(exceptionsOf(event).at(-1)?.stacktrace)
      expectCrashAt(crash, placeInApp('src/failures/Cargo.tsx', 'throw ^new Error('))
      // The trail of React 18 begins at the boundary that threw the error again.
      expect(withPlace(event.componentStack)[0]!.function).toBe(version === 19 ? 'Crane' : 'Crossing')
    })

    test('the issue page shows the components with their original names and places', async ({
      page,
      app,
      installation,
    }) => {
      const event = await installation.reader.event(await fail(page, app.url, 'render'))
      await logIn(page, installation)
      await page.goto(`${installation.service.url}/organizations/acme/issues/${event.groupID}/events/${event.eventID}`)
      const components = page.getByRole('region', { name: 'Components' })
      await expect(components.getByRole('listitem').first()).toContainText('DepartureRow')
      await expect(components.getByRole('listitem').first()).toContainText('src/failures/Timetable.tsx')
      await expect(components).toContainText('src/App.tsx')
    })

    test('a hydration error is named as such', async ({ page, app, installation }) => {
      await page.goto(app.url)
      await page.getByTestId('fail-hydration').click()
      expect((await installation.reader.issue('HydrationError')).level).toBe('warning')
    })
  })
}
