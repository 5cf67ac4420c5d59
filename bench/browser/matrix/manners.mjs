// What the SDK does to the page and its visitor, errors or not.
import { LIMITS, atMost, exactly, known, yes } from './answers.mjs'

const start = {
  rows: {
    'requests before any error': known,
    'cookie or storage written at start': exactly('–'),
    'first error on the wire, bytes': atMost(LIMITS.firstBytes),
    'host functions replaced (of those watched)': known,
    'replaced ones that can be told by name, length or text': exactly(0),
    'unload or beforeunload listeners': exactly(0),
    'Error.stackTraceLimit kept': yes,
    "the page's error object left alone": yes,
  },
  run: async ({ open, records, withText, collect, pause, marker }) => {
    const page = await open('watch=1')
    await pause(700)
    const before = records().length
    const look = () =>
      page.evaluate(async () => ({
        ...watch,
        stored: await watch.stored(),
        replaced: watch.replaced().length,
        disguised: watch.disguised().length,
        unload: watch.unloadListeners().length,
        limit: watch.isStackLimitKept(),
      }))
    const seen = await look()
    await page.evaluate((m) => acts.thrown(new Error(`${m}first`)), marker)
    await collect(page, [`${marker}first`])
    const next = await open()
    const isLeftAlone = await next.evaluate((m) => acts.isLeftAlone(`${m}mine`), marker)
    return {
      'requests before any error': before,
      'cookie or storage written at start': seen.stored.join('+') || '–',
      'first error on the wire, bytes': withText(`${marker}first`)[0]?.bytes ?? 0,
      'host functions replaced (of those watched)': seen.replaced,
      'replaced ones that can be told by name, length or text': seen.disguised,
      'unload or beforeunload listeners': seen.unload,
      'Error.stackTraceLimit kept': seen.limit,
      "the page's error object left alone": isLeftAlone,
    }
  },
}

const strictCsp = {
  rows: { "reports under script-src 'self'": yes },
  run: async ({ open, collect, has, marker }) => {
    const page = await open(`csp=${encodeURIComponent("script-src 'self'")}`)
    await page.evaluate((m) => acts.thrown(new Error(m)), marker)
    await collect(page, [marker])
    return { "reports under script-src 'self'": has(marker) }
  },
}

const longLine = {
  rows: { 'stack with one line of 20 kB: page blocked, ms': atMost(LIMITS.taskMs) },
  run: async ({ open, marker }) => {
    const page = await open()
    const ms = await page.evaluate((m) => acts.blocked(m), marker)
    return { 'stack with one line of 20 kB: page blocked, ms': Math.ceil(ms) }
  },
}

export const manners = [start, strictCsp, longLine]
