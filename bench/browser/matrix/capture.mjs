// Which failures of a page are reported, and which noise is not.
import { snippetOf } from '../snippets.mjs'
import { LIMITS, atMost, exactly, known, no, yes } from './answers.mjs'

const kinds = {
  rows: {
    'uncaught Error': yes,
    'rejection with an Error': yes,
    'rejection with a string': yes,
    "throw 'string'": yes,
    'rejection with a plain object: its text kept': yes,
    'error.cause, first level': yes,
    'error.cause, second level': yes,
    "AggregateError's members": yes,
    'error whose stack getter throws': yes,
  },
  run: async ({ open, collect, has, pause, marker }) => {
    const page = await open()
    const acts = [
      (m) => acts.thrown(new Error(`${m}a`)),
      (m) => acts.rejected(new Error(`${m}b`)),
      (m) => acts.rejected(`${m}c`),
      (m) => acts.thrown(`${m}d`),
      (m) => acts.rejected({ problem: `${m}e` }),
      (m) => acts.thrown(acts.caused(`${m}f`)),
      (m) => acts.rejected(new AggregateError([new Error(`${m}g`), new TypeError(`${m}h`)], 'several')),
      (m) => acts.thrown(acts.trappedError(`${m}i`)),
    ]
    for (const act of acts) {
      await page.evaluate(act, marker)
      await pause(120)
    }
    const texts = ['a', 'b', 'c', 'd', 'e', 'fone', 'ftwo', 'g', 'h', 'i'].map((end) => marker + end)
    await collect(page, texts)
    const [a, b, c, d, e, one, two, g, h, i] = texts.map(has)
    return Object.fromEntries(Object.keys(kinds.rows).map((row, at) => [row, [a, b, c, d, e, one, two, g && h, i][at]]))
  },
}

const elsewhere = {
  rows: {
    'uncaught error in a Worker': yes,
    'error in a same-origin iframe, by default': known,
    'the same, attached where the SDK offers it': yes,
    'failed <img> named': yes,
    'CSP violation named': yes,
  },
  run: async ({ open, collect, has, withText, pause, marker }) => {
    const page = await open(`csp=${encodeURIComponent("img-src 'self'")}`)
    await page.evaluate((m) => acts.inWorker(`${m}worker`), marker)
    await page.evaluate((m) => acts.inFrame(`${m}frame`), marker)
    const other = await open('opt-in=1')
    await other.evaluate((m) => acts.inFrame(`${m}attached`), marker)
    await page.evaluate((m) => void acts.load('img', { src: `/${m}image.png` }), marker)
    await page.evaluate((m) => void acts.load('img', { src: `https://${m}csp.test/x.png` }), marker)
    await pause(600)
    // What is not reported may still be named in the trail of the next error.
    await page.evaluate((m) => acts.thrown(new Error(`${m}last`)), marker)
    await collect(
      page,
      ['worker', 'frame', 'image', 'csp', 'last'].map((end) => marker + end),
    )
    return {
      'uncaught error in a Worker': has(`${marker}worker`),
      'error in a same-origin iframe, by default': has(`${marker}frame`),
      'the same, attached where the SDK offers it': has(`${marker}attached`),
      'failed <img> named': has(`${marker}image`),
      'CSP violation named': withText(`${marker}csp`).some(({ text }) => /img-src|securitypolicy|\bcsp\b/i.test(text)),
    }
  },
}

const emptyRejection = {
  rows: { 'Promise.reject() reported at all': yes },
  run: async ({ open, records, leave, pause }) => {
    const page = await open()
    const before = records().length
    await page.evaluate(() => acts.rejected())
    await pause(1500)
    await leave(page)
    const isReport = ({ text }) => /unhandled|rejection|non-error|undefined/i.test(text)
    return { 'Promise.reject() reported at all': records().slice(before).some(isReport) }
  },
}

const noise = {
  rows: {
    'ResizeObserver noise: reports of 20 loops': exactly(0),
    "cross-origin 'Script error.' sent": no,
    'chrome-extension stack sent': no,
  },
  run: async ({ open, count, has, leave, pause, marker }) => {
    const page = await open()
    await page.evaluate((m) => acts.thrown(acts.extensionError(`${m}extension`)), marker)
    await page.evaluate(() => void acts.load('script', { src: 'https://cdn.test/thrower.js' }))
    await page.evaluate(() => acts.resizeLoop(20))
    await pause(1200)
    await leave(page)
    return {
      'ResizeObserver noise: reports of 20 loops': count('ResizeObserver loop'),
      "cross-origin 'Script error.' sent": has('Script error'),
      'chrome-extension stack sent': has(`${marker}extension`),
    }
  },
}

const lateHandled = {
  rows: { 'rejection handled in the next task sent': no },
  run: async ({ open, has, leave, pause, marker }) => {
    const page = await open()
    await page.evaluate((m) => acts.lateHandled(m), marker)
    await pause(1000)
    await leave(page)
    return { 'rejection handled in the next task sent': has(marker) }
  },
}

/** The page throws and rejects in its head, before the SDK's script. */
const early = {
  rows: { 'before the SDK loads (with an inline snippet where the package ships one)': yes },
  run: async ({ context, open, collect, has, sdk, marker }) => {
    await context.addInitScript((text) => {
      globalThis.benchMarker = text
    }, marker)
    const page = await open(snippetOf(sdk) ? 'early=1&snippet=1' : 'early=1')
    const texts = [`${marker}thrown`, `${marker}rejected`]
    await collect(page, texts)
    return { 'before the SDK loads (with an inline snippet where the package ships one)': texts.every(has) }
  },
}

const twice = {
  rows: { 'captured by hand, then thrown: reports': exactly(1) },
  run: async ({ open, count, leave, pause, marker }) => {
    const page = await open()
    await page.evaluate((m) => acts.catchThenThrow(m), marker)
    await pause(1000)
    await leave(page)
    return { 'captured by hand, then thrown: reports': count(marker) }
  },
}

const COUNTS = /"(?:count|repeats|occurrences|times)"\s*:\s*(\d+)/g

/** What the reports with this text say of its repeats, added up. */
const toldTimes = (records) =>
  records.flatMap(({ text }) => [...text.matchAll(COUNTS)]).reduce((sum, [, count]) => sum + Number(count), 0)

const sameFlood = {
  rows: {
    '500 equal errors: requests': atMost(2),
    '500 equal errors: kB': atMost(LIMITS.equalKilobytes),
    '500 equal errors: their number is told': yes,
  },
  run: async ({ open, withText, kilobytes, leave, quiet, marker }) => {
    const page = await open()
    await page.evaluate((m) => acts.flood(500, () => m), marker)
    await quiet(marker)
    await leave(page)
    return {
      '500 equal errors: requests': withText(marker).length,
      '500 equal errors: kB': kilobytes(marker),
      '500 equal errors: their number is told': [499, 500].includes(toldTimes(withText(marker))),
    }
  },
}

/** How many different errors of the flood are in these reports. */
const arrivedOf = (records, marker) =>
  new Set(records.flatMap(({ text }) => [...text.matchAll(new RegExp(`${marker}number \\w+`, 'g'))].map(String))).size

const DISCARDS = /"category":"error","quantity":(\d+)|"quantity":(\d+),"category":"error"/g

/** How many errors the SDK says that it has not sent. */
const toldDiscards = (records) =>
  records
    .flatMap(({ text }) => [...text.matchAll(DISCARDS)])
    .reduce((sum, [, one, other]) => sum + Number(one ?? other), 0)

const mixedFlood = {
  rows: {
    '500 different errors: requests': atMost(LIMITS.connections),
    '500 different errors: kB': atMost(LIMITS.leavingKilobytes),
    '500 different errors: each arrives or is counted': yes,
  },
  run: async ({ open, records, withText, kilobytes, leave, quiet, marker }) => {
    const page = await open()
    await page.evaluate((m) => acts.flood(500, (time) => `${m}number ${'abcdefghij'[time % 10]}${time}`), marker)
    await quiet(marker)
    await leave(page)
    return {
      '500 different errors: requests': withText(marker).length,
      '500 different errors: kB': kilobytes(marker),
      '500 different errors: each arrives or is counted':
        arrivedOf(records(), marker) + toldDiscards(records()) === 500,
    }
  },
}

export const capture = [kinds, elsewhere, emptyRejection, lateHandled, early, noise, twice, sameFlood, mixedFlood]
