// What the trail of an error tells, and what it must not.
import { LIMITS, atMost, no, yes } from './answers.mjs'

const TEXTS = {
  'crumb: console text': 'text',
  'crumb: console object': 'object',
  'crumb: clicked element': 'button',
  'crumb: button inside an open shadow root': 'shadow',
  'crumb: fetch': 'fetch',
  'crumb: XHR': 'xhr',
  'crumb: history': 'history',
  'crumb: WebSocket': 'socket',
  'crumb: typed value of an input leaks': 'typed',
  '?token= value of a fetch URL leaks': 'secret',
}

const isLeak = (row) => row.endsWith('leaks')

const walk = async (page, m) => {
  await page.evaluate((m) => {
    console.log(`${m}text`)
    console.log('state', { inner: `${m}object` })
    acts.button(acts.place(), `${m}button`, 'Buy')
    acts.button(acts.shadow(), `${m}shadow`, 'Buy')
  }, m)
  await page.click(`#${m}button`)
  await page.click(`#${m}shadow`)
  await page.fill('#typed', '')
  await page.type('#typed', `${m}typed`)
  await page.evaluate(async (m) => {
    history.pushState({}, '', `${location.pathname}/${m}history`)
    await fetch(`/data/${m}fetch?token=${m}secret`)
    await acts.request(`/data/${m}xhr`)
    await acts.socket(`wss://socket.test/${m}socket`)
  }, m)
}

const crumbs = {
  rows: Object.fromEntries(Object.keys(TEXTS).map((row) => [row, isLeak(row) ? no : yes])),
  run: async ({ open, collect, has, pause, marker }) => {
    const page = await open()
    await walk(page, marker)
    await pause(200)
    await page.evaluate((m) => acts.thrown(new Error(`${m}error`)), marker)
    const wished = Object.keys(TEXTS).filter((row) => !isLeak(row))
    await collect(
      page,
      ['error', ...wished.map((row) => TEXTS[row])].map((end) => marker + end),
    )
    return Object.fromEntries(Object.entries(TEXTS).map(([row, end]) => [row, has(marker + end)]))
  },
}

const heavy = {
  rows: { 'one event after 60 console lines of 3 kB: kB': atMost(LIMITS.leavingKilobytes) },
  run: async ({ open, collect, withText, marker }) => {
    const page = await open()
    await page.evaluate(() => {
      for (let line = 0; line < 60; line += 1) console.log(`${line} ${'lorem ipsum '.repeat(250)}`)
    })
    await page.evaluate((m) => acts.thrown(new Error(m)), marker)
    await collect(page, [marker])
    return { 'one event after 60 console lines of 3 kB: kB': Math.ceil((withText(marker)[0]?.bytes ?? 0) / 1000) }
  },
}

export const trail = [crumbs, heavy]
