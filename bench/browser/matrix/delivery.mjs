// Whether a report arrives when the page, the tab or the service goes.
import { all, yes } from './answers.mjs'

const throwIt = (page, marker) => page.evaluate((m) => acts.thrown(new Error(m)), marker)

/** The same act on several pages; how many of the errors arrive. */
const repeat = async ({ open, withText, pause, marker }, times, act) => {
  const texts = Array.from({ length: times }, (_, time) => `${marker}${'abcdefgh'[time]}`)
  for (const text of texts) await act(await open(), text)
  await pause(1200)
  return texts.filter((text) => withText(text).length > 0).length
}

const navigation = {
  rows: { 'throw, then location.href in the next task: arrived': all(5) },
  run: async (visit) => ({
    'throw, then location.href in the next task: arrived': await repeat(visit, 5, async (page, text) => {
      await page.evaluate((m) => acts.throwThenLeave(m), text)
      await page.waitForURL('**/blank.html')
    }),
  }),
}

const closedTab = {
  rows: { 'throw, tab closed 15 ms later: arrived': all(3) },
  run: async (visit) => ({
    'throw, tab closed 15 ms later: arrived': await repeat(visit, 3, async (page, text) => {
      await throwIt(page, text)
      await visit.pause(15)
      await page.close()
    }),
  }),
}

const deadThenReload = {
  rows: { 'ingest dead, page left; ingest back, next page: arrived': yes },
  run: async ({ open, arrived, fault, leave, pause, marker }) => {
    const page = await open()
    fault('dead')
    await throwIt(page, marker)
    await pause(1500)
    await leave(page)
    fault()
    await open()
    return { 'ingest dead, page left; ingest back, next page: arrived': await arrived(marker, 5000) }
  },
}

/** The service fails for a while; whether the report is sent again from the same page, or from the next. */
const outage = (fault, row) => ({
  rows: { [row]: yes },
  run: async (visit) => {
    const page = await visit.open()
    visit.fault(fault)
    await throwIt(page, visit.marker)
    await visit.pause(2500)
    visit.fault()
    if (await visit.arrived(visit.marker, 8000)) return { [row]: true }
    await visit.leave(page)
    if (visit.has(visit.marker)) return { [row]: 'at unload' }
    await visit.open()
    return { [row]: (await visit.arrived(visit.marker, 3000)) ? 'next page' : false }
  },
})

const dead = outage('dead', 'ingest dead for 2.5 s: sent again by itself')
const unavailable = outage(503, 'ingest answers 503 for 2.5 s: sent again')
const tooMany = outage(429, 'ingest answers 429 with Retry-After: 3: sent again')

export const delivery = [navigation, closedTab, deadThenReload, dead, unavailable, tooMany]
