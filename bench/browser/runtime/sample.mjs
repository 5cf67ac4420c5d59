// One sample: what one SDK costs in one fresh browser. All costs are main-thread CPU time unless they say otherwise.
import { setTimeout as pause } from 'node:timers/promises'
import { launch } from '../chromium.mjs'

const WARM_UP = 300
const CRUMBS = 2000
const FETCHES = 500
const KEPT_CRUMBS = 10_000
const CAPTURES = 200
// As a mid-range phone against a desk machine.
const SLOW_DOWN = 4
const LOAD_MS = 1000
// Longer than what any of them puts off.
const QUIET_MS = 1000

let visits = 0

const openPage = async (browser) => {
  const context = await browser.newContext({ ignoreHTTPSErrors: true })
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  return { page, cdp, visit: `r${(visits += 1)}` }
}

const threadMs = async (cdp) => {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'ThreadTime').value * 1000
}

/** Milliseconds of the main thread's CPU that it takes, what it leaves to do in the next moment included. */
const cpuOf = async (cdp, run, quietMs = 0) => {
  const from = await threadMs(cdp)
  await run()
  await pause(quietMs)
  return (await threadMs(cdp)) - from
}

const heapKb = async (cdp) => {
  await cdp.send('HeapProfiler.collectGarbage')
  await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  return usedSize / 1000
}

const openWorkshop = async (browser) => {
  const opened = await openPage(browser)
  const { page, visit } = opened
  await page.goto(`https://${visit}.app.test/workshop`)
  await page.evaluate(() => work.muteConsole())
  return opened
}

/** Init, crumbs and what they keep: with a fetch that does nothing. */
const measureCrumbs = async (browser, sdk) => {
  const { page, cdp } = await openWorkshop(browser)
  await page.evaluate(() => work.muteFetch())
  const bare = await heapKb(cdp)
  const init = await cpuOf(cdp, () => page.evaluate((name) => work.install(name), sdk))
  const afterInit = await cpuOf(cdp, () => {}, QUIET_MS)
  const started = await heapKb(cdp)

  const perCall = async (act, times) => {
    await page.evaluate(([act, times]) => work[act](times), [act, WARM_UP])
    return ((await cpuOf(cdp, () => page.evaluate(([act, times]) => work[act](times), [act, times]))) * 1000) / times
  }
  const consoleText = await perCall('logText', CRUMBS)
  const consoleObject = await perCall('logObject', CRUMBS)
  const fetched = await perCall('fetchAll', FETCHES)
  const clicked = await perCall('click', CRUMBS)

  const before = await heapKb(cdp)
  await page.evaluate((times) => work.logText(times), KEPT_CRUMBS)
  const keptText = (await heapKb(cdp)) - before
  await page.evaluate((times) => work.logTable(times), KEPT_CRUMBS)
  const keptTable = (await heapKb(cdp)) - before
  await page.close()
  return {
    init,
    afterInit,
    heapInit: started - bare,
    consoleText,
    consoleObject,
    fetched,
    clicked,
    keptText,
    keptTable,
  }
}

/** captureException with a full trail, ten every 20 ms; sending included. */
const measureCapture = async (browser, sdk, site) => {
  const { page, cdp, visit } = await openWorkshop(browser)
  await page.evaluate(async (name) => {
    globalThis.BENCH_UNLIMITED = true
    await work.install(name)
    work.logText(100)
  }, sdk)
  await pause(QUIET_MS)
  await page.evaluate(() => work.capture(20))
  await pause(QUIET_MS)
  const sentBefore = site.records.filter((record) => record.visit === visit)
  let insideMs = 0
  const cpu = await cpuOf(
    cdp,
    async () => {
      insideMs = await page.evaluate((times) => work.capture(times), CAPTURES)
    },
    QUIET_MS,
  )
  const sent = site.records.filter((record) => record.visit === visit).slice(sentBefore.length)
  await page.close()
  return {
    capture: cpu / CAPTURES,
    captureCall: insideMs / CAPTURES,
    requests: sent.length,
    bytes: sent.reduce((sum, { bytes }) => sum + bytes, 0) / Math.max(1, sent.length),
  }
}

// What must be in something that is sent, if the SDK has taken the act down.
const TRACES = {
  consoleText: 'has been placed',
  consoleObject: 'customer',
  fetched: '/data/orders/',
  clicked: 'buy',
}

/** Which acts of a page the SDK takes down at all, told by what it sends: doing nothing costs nothing. */
export const takenBy = async (site, sdk) => {
  const browser = await launch(site.port)
  try {
    const { page, visit } = await openWorkshop(browser)
    await page.evaluate(async (name) => {
      work.muteData()
      await work.install(name)
      work.logText(3)
      work.logObject(3)
      work.click(3)
      await work.fetchAll(3)
    }, sdk)
    await pause(QUIET_MS)
    await page.evaluate(() => work.capture(10))
    await pause(2 * QUIET_MS)
    const sent = site.records.filter((record) => record.visit === visit).map(({ text }) => text)
    return Object.fromEntries(
      Object.entries(TRACES).map(([act, trace]) => [act, sent.some((text) => text.includes(trace))]),
    )
  } finally {
    await browser.close()
  }
}

const addressOfLoad = (visit, sdk) => `https://${visit}.app.test/load/${sdk}`

/** A page load with the SDK. */
const measureLoad = async (browser, sdk) => {
  const { page, cdp, visit } = await openPage(browser)
  const loadCpu = await cpuOf(cdp, () => page.goto(addressOfLoad(visit, sdk)), QUIET_MS)
  await page.close()
  return { loadCpu }
}

/** The same on a slow processor: wall-clock milliseconds in long tasks. In a new page: a reload would find compiled code. */
const measureSlowLoad = async (browser, sdk) => {
  const { page, cdp, visit } = await openPage(browser)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN })
  await page.goto(addressOfLoad(visit, sdk))
  await pause(LOAD_MS)
  const { total, blocking } = await page.evaluate(() => globalThis.longTasks)
  await page.close()
  return { longTasks: total, blocking }
}

export const takeSample = async (site, sdk) => {
  const browser = await launch(site.port)
  try {
    return {
      ...(await measureCrumbs(browser, sdk)),
      ...(await measureCapture(browser, sdk, site)),
      ...(await measureLoad(browser, sdk)),
      ...(await measureSlowLoad(browser, sdk)),
    }
  } finally {
    await browser.close()
  }
}
