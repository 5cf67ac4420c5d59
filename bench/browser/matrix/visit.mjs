// One visit: an SDK on a page of its own origin, what is done there, and what the intake got from it.
import { setTimeout as pause } from 'node:timers/promises'

const SETTLE_MS = 500
const POLL_MS = 40
const QUIET_WITHIN_MS = 8000

let visits = 0

const until = async (isDone, withinMs) => {
  const end = Date.now() + withinMs
  while (!isDone() && Date.now() < end) await pause(POLL_MS)
  return isDone()
}

/** Batches hold several reports in one request. */
const LISTS = ['batch', 'exceptions', 'events', 'logs']

const parsed = (text) => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const itemsOf = (document) => {
  if (Array.isArray(document)) return document
  const list = LISTS.find((name) => Array.isArray(document?.[name]))
  return list ? document[list] : [document]
}

/** The reports in a request's text: documents, lines of documents, or their lists' members. */
const reportsIn = (text) => {
  const body = text.slice(text.indexOf('\n') + 1)
  const whole = parsed(body)
  const documents = whole === undefined ? body.split('\n').map((line) => parsed(line) ?? line) : [whole]
  return documents.flatMap(itemsOf).map((report) => JSON.stringify(report))
}

export const createVisit = async ({ browser, site, sdk }) => {
  const id = `v${(visits += 1)}`
  const marker = `mark${id}of`
  const origin = `https://${id}.app.test`
  const context = await browser.newContext({ ignoreHTTPSErrors: true })
  const records = () => site.records.filter(({ visit }) => visit === id)
  const withText = (text) => records().filter((record) => record.text.includes(text))
  const has = (text) => withText(text).length > 0

  const open = async (search = '') => {
    const page = await context.newPage()
    await page.goto(`${origin}/page/${sdk}?${search}`)
    await pause(SETTLE_MS)
    return page
  }
  return {
    sdk,
    marker,
    context,
    records,
    withText,
    has,
    open,
    fault: (fault) => (fault ? site.faults.set(id, fault) : site.faults.delete(id)),
    /** Waits for all the texts. */
    arrived: (texts, withinMs = 1500) => until(() => [texts].flat().every(has), withinMs),
    /** Waits for the texts, and leaves the page so that what is batched goes out. */
    collect: async (page, texts) => {
      const isAllThere = () => texts.every(has)
      if (await until(isAllThere, 1500)) return
      await page.goto('about:blank')
      await until(isAllThere, 1500)
    },
    /** Waits for the text, and then until nothing more has come for a second. */
    quiet: async (text) => {
      const end = Date.now() + QUIET_WITHIN_MS
      await until(() => has(text), QUIET_WITHIN_MS)
      for (let seen = -1; seen !== records().length && Date.now() < end;) {
        seen = records().length
        await pause(1000)
      }
    },
    leave: async (page, ms = 1000) => {
      await page.goto('about:blank')
      await pause(ms)
    },
    /** How many reports hold the text. */
    count: (text) =>
      withText(text)
        .flatMap((record) => reportsIn(record.text))
        .filter((report) => report.includes(text)).length,
    kilobytes: (text) => Math.ceil(withText(text).reduce((sum, { bytes }) => sum + bytes, 0) / 1000),
    pause,
    close: () => context.close(),
  }
}
