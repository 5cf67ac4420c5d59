import { expect, test } from 'vitest'
import { useSite } from './harness/site.ts'

// The same program runs in a page without the SDK and in one with it, and may not be able to tell which is which.

const site = useSite()

const PROGRAM = `
  const seen = []
  const describe = (value, depth = 0) => {
    if (Object(value) !== value || depth > 3) return String(value)
    const properties = Reflect.ownKeys(value).map((key) => {
      const { value: held, get, set, ...flags } = Object.getOwnPropertyDescriptor(value, key)
      return [String(key), flags, Boolean(get), Boolean(set), describe(held ?? (key === 'stack' ? value.stack : undefined), depth + 1)]
    })
    const prototype = Object.getPrototypeOf(value)
    return [Object.prototype.toString.call(value), prototype?.constructor?.name, Object.isFrozen(value), Object.isExtensible(value), value.stack, properties]
  }
  class PaymentError extends Error { name = 'PaymentError'; code = 'E_CARD' }
  const cause = new TypeError('root')
  const circular = new Error('round')
  circular.cause = circular
  const made = {
    error: new Error('plain'),
    subclass: new PaymentError('declined', { cause }),
    frozen: Object.freeze(new RangeError('frozen')),
    sealed: Object.seal(new Error('sealed')),
    circular,
    aggregate: new AggregateError([cause, 'text', Object.freeze({ code: 1 })], 'all', { cause: circular }),
    domException: new DOMException('gone', 'NotFoundError'),
    withoutStack: Object.assign(new Error('bare'), { stack: undefined }),
    object: Object.freeze({ message: 'looks like one', stack: 'no stack' }),
    text: 'text',
    nothing: null,
  }
  const before = Object.fromEntries(Object.entries(made).map(([name, value]) => [name, describe(value)]))
  const nameOf = (value) => Object.keys(made).find((name) => made[name] === value)
  addEventListener('error', (event) => seen.push(['error', nameOf(event.error), event.message, event.defaultPrevented]))
  addEventListener('unhandledrejection', (event) => seen.push(['rejection', nameOf(event.reason), event.defaultPrevented]))
  onerror = (message, file, line, column, error) => void seen.push(['onerror', message, nameOf(error)])
  const task = () => new Promise((resolve) => setTimeout(resolve))
  globalThis.exercise = async () => {
    for (const value of Object.values(made)) {
      setTimeout(() => { throw value })
      await task()
      Promise.reject(value)
      await task()
      console.error(value)
    }
    const response = await fetch('/data.json')
    seen.push(['response', response.bodyUsed, await response.json()])
    const xhr = new XMLHttpRequest()
    await new Promise((resolve) => { xhr.onloadend = resolve; xhr.open('GET', '/data.json'); xhr.send() })
    seen.push(['xhr', xhr.responseText, Object.getOwnPropertyNames(xhr)])
    const after = Object.fromEntries(Object.entries(made).map(([name, value]) => [name, describe(value)]))
    return {
      seen,
      before,
      changed: Object.keys(made).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])),
      limit: [Error.stackTraceLimit, Object.getOwnPropertyNames(Error).toSorted()],
      globals: Object.getOwnPropertyNames(globalThis).filter((name) => name !== 'Foghorn').toSorted(),
      handlers: [typeof onunhandledrejection, typeof onbeforeunload, Boolean(onbeforeunload)],
      html: document.documentElement.outerHTML.replace(/<script.*?<.script>/g, ''),
    }
  }`

const exercise = async (head: string): Promise<unknown> => {
  site.pages.files.set('/program.js', { body: PROGRAM })
  site.pages.files.set('/data.json', { body: '{"own":true}', type: 'application/json' })
  const body = `<!doctype html><html><head>${head}<script src="/program.js"></script></head><body></body></html>`
  site.pages.files.set('/', { body })
  await site.page.goto(site.pages.url)
  return site.page.evaluate('exercise()')
}

test('errors, their stacks, causes and limits, events, requests and globals of the page stay as they are', async () => {
  const without = await exercise('')
  const options = `{ dsn: '${site.ingest.dsn}', release: 'shop@1', attachStacktrace: true }`
  const beside = await exercise(`<script src="/foghorn.min.js"></script><script>Foghorn.init(${options})</script>`)
  expect(beside).toEqual(without)
  expect(beside).toMatchObject({ changed: [], limit: [10, expect.anything()] })
  // Most were captured meanwhile, or the comparison would say little.
  await expect.poll(() => site.ingest.events().length).toBeGreaterThan(8)
})
