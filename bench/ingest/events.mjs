// Events like those that a busy shop sends: frames in its built scripts, a trail of breadcrumbs, 25 KB in the median.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const createRandom = (seed) => {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const readScripts = (assets) =>
  readdirSync(assets)
    .filter((file) => file.endsWith('.js'))
    .map((file) => {
      const text = readFileSync(join(assets, file), 'utf8')
      const debugId = /(?:debugId=|sentry-dbid-)([\da-f-]{36})/.exec(text)?.[1]
      return { url: `https://shop.test/assets/${file}`, lines: text.split('\n').map((line) => line.length), debugId }
    })

const FAULTS = 40
const FRAMES = 30

/** Any character of the script, so that long lines fail as much more often as they are longer. */
const frameIn = (random, { url, lines }) => {
  let offset = random(lines.reduce((sum, length) => sum + length, 0))
  const line = lines.findIndex((length) => (offset -= length) < 0)
  return { filename: url, function: `f${random(50)}`, lineno: line + 1, colno: offset + lines[line] + 1, in_app: true }
}

const stackOf = (random, scripts) => {
  const script = scripts.toSorted((a, b) => b.lines.length - a.lines.length)[0]
  return Array.from({ length: FRAMES }, () =>
    frameIn(random, random(4) === 0 ? scripts[random(scripts.length)] : script),
  )
}

const breadcrumb = (random, at) => ({
  timestamp: at,
  category: ['ui.click', 'fetch', 'console', 'navigation'][random(4)],
  level: 'info',
  message: `div.page > main.content > section#list-${random(900)} > button.buy[aria-label="Add lantern ${random(900)} to the cart"]`,
  data: {
    url: `https://shop.test/api/products/${random(9000)}?page=${random(20)}&sort=price`,
    method: 'GET',
    status_code: 200,
  },
})

const eventOf = (random, fault, scripts) => {
  const now = Date.now() / 1000
  const stack = { frames: fault.frames }
  const mechanism = { type: 'auto.browser.global_handlers.onerror', handled: false }
  return {
    event_id: '0'.repeat(32),
    timestamp: now,
    platform: 'javascript',
    level: 'error',
    release: 'shop@1.4.2',
    environment: 'production',
    transaction: '/cart',
    exception: { values: [{ type: 'TypeError', value: fault.message, stacktrace: stack, mechanism }] },
    breadcrumbs: Array.from({ length: 20 + random(90) }, (_, index) => breadcrumb(random, now - 100 + index)),
    user: { id: String(random(5000)) },
    tags: { plan: ['free', 'team', 'firm'][random(3)], region: ['eu', 'us'][random(2)] },
    contexts: {
      cart: { lines: random(9), total: random(9000) / 100 },
      culture: { locale: 'en-GB', timezone: 'Europe/Lisbon' },
    },
    extra: {
      state: Array.from({ length: 20 }, (_, index) => ({ key: `field-${index}`, value: `value ${random(1e6)}` })),
    },
    request: {
      url: 'https://shop.test/cart?step=2',
      headers: {
        'User-Agent':
          'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
      },
    },
    debug_meta: {
      images: scripts
        .filter(({ debugId }) => debugId)
        .map(({ url, debugId }) => ({ type: 'sourcemap', code_file: url, debug_id: debugId })),
    },
    sdk: { name: 'foghorn.javascript.browser', version: '0.1.0' },
  }
}

const SMALL = ['event_id', 'timestamp', 'platform', 'level', 'release', 'exception', 'user', 'tags', 'debug_meta']

/** `count` different events as JSON texts, each with an event ID of 32 zeros to be replaced. */
export const createEvents = ({ count, seed, kind, shop }) => {
  const random = createRandom(seed)
  const scripts = readScripts(join(shop, 'assets'))
  const faults = Array.from({ length: FAULTS }, (_, number) => ({
    message: `Cannot read properties of undefined (reading 'field${number}')`,
    frames: stackOf(createRandom(number + 1), scripts),
  }))
  return Array.from({ length: count }, () => {
    const event = eventOf(random, faults[random(FAULTS)], scripts)
    return JSON.stringify(kind === 'small' ? Object.fromEntries(SMALL.map((name) => [name, event[name]])) : event)
  })
}
