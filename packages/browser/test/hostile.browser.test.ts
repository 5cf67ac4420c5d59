import { expect, test } from 'vitest'
import { useSite } from './harness/site.ts'

const site = useSite()

/** Values that break who touches them. `trap` throws when it is called. */
const TRAP = 'const trap = () => { throw new Error("trap") }'
const HOSTILE: [name: string, code: string][] = [
  [
    'getters that throw',
    '({ get message() { trap() }, get name() { trap() }, get stack() { trap() }, get a() { trap() } })',
  ],
  [
    'an error with getters that throw',
    'new (class extends Error { get message() { trap() } get name() { trap() } get cause() { trap() } get errors() { trap() } get stack() { trap() } })',
  ],
  [
    'a Proxy whose traps throw',
    'new Proxy({}, Object.fromEntries(Reflect.ownKeys(Reflect).filter((key) => typeof key === "string").map((key) => [key, trap])))',
  ],
  [
    'a Proxy of an error whose traps throw',
    'new Proxy(new Error("x"), { get: trap, getPrototypeOf: trap, has: trap, ownKeys: trap })',
  ],
  ['a revoked Proxy', '(({ proxy, revoke }) => (revoke(), proxy))(Proxy.revocable(new Error("x"), {}))'],
  [
    'a Proxy without end',
    '(function again() { return new Proxy(function () {}, { get: (_, key) => key === Symbol.toPrimitive ? undefined : again() }) })()',
  ],
  ['no prototype', 'Object.create(null)'],
  [
    'conversions that throw',
    '({ toString: trap, valueOf: trap, toJSON: trap, [Symbol.toPrimitive]: trap, get [Symbol.toStringTag]() { trap() } })',
  ],
  ['texts that are none', 'Object.assign(new Error("x"), { message: Symbol("m"), name: {}, stack: 42 })'],
  ['a message that is an object', 'Object.assign(new Error("x"), { message: { toString: trap } })'],
  ['a stack without end', 'Object.assign(new Error("x"), { stack: "at a (".repeat(500_000) })'],
  ['a message without end', 'new Error("x@".repeat(2_000_000))'],
  [
    'a circle',
    '(() => { const one = { two: {} }; one.two.one = one; const error = new Error("x"); error.cause = error; one.error = error; return one })()',
  ],
  [
    'causes without end',
    '(() => { let error = new Error("last"); for (let i = 0; i < 5000; i++) error = new Error("x", { cause: error }); return error })()',
  ],
  [
    'members without end',
    'new AggregateError(Array.from({ length: 50_000 }, (_, at) => new Error("member " + at)), "x")',
  ],
  [
    'a getter that throws every second time',
    '(() => { let calls = 0; return { get text() { if (calls++ % 2) throw calls; return "text" } } })()',
  ],
  ['a tree that is deep', '(() => { let tree = {}; for (let i = 0; i < 50_000; i++) tree = { tree }; return tree })()'],
  ['a tree that is wide', 'Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => ["key" + at, { at }]))'],
  ['a sparse list', 'Object.assign([], { length: 4e9 })'],
  ['the window', 'window'],
  ['the document', 'document'],
  ['a frozen error', 'Object.freeze(new Error("x"))'],
  ['an error of another realm', 'new (document.querySelector("iframe").contentWindow.Error)("x")'],
  ['a Proxy of another realm', 'new (document.querySelector("iframe").contentWindow.Proxy)({}, { get: trap })'],
  ['an event', 'new Event("error")'],
  ['a function', 'class Secret { static name = trap }'],
  ['a symbol', 'Symbol("x")'],
  ['a bigint', '10n ** 1000n'],
  ['NaN', 'NaN'],
  ['an invalid date', 'new Date(NaN)'],
  ['a promise', 'Promise.resolve(1)'],
  [
    'a detached buffer',
    '(() => { const { buffer } = new Uint8Array(8); structuredClone(buffer, { transfer: [buffer] }); return buffer })()',
  ],
  ['a lone surrogate', '"\\ud800 alone"'],
]

/** Everything that takes a value from the page; `caught` lists the calls of ours that threw into it. */
const DOORS = `
  const caught = []
  const door = (call) => { try { call() } catch { caught.push(String(call)) } }
  door(() => Foghorn.addBreadcrumb(value))
  door(() => Foghorn.addBreadcrumb({ message: value, category: value, data: value }))
  door(() => Foghorn.setTag('hostile', value))
  door(() => Foghorn.setTags(value))
  door(() => Foghorn.setExtra('hostile', value))
  door(() => Foghorn.setContext('hostile', { value }))
  door(() => Foghorn.setUser({ id: value }))
  door(() => console.log(value, { value }, [value]))
  door(() => Foghorn.captureException(value))
  door(() => Foghorn.captureException(new Error('caused', { cause: value })))
  door(() => Foghorn.captureException(new AggregateError([value], 'members')))
  door(() => Foghorn.captureException(new Error('with context'), { extra: { value }, tags: { value } }))
  door(() => Foghorn.captureException(new Error('with a scope'), value))
  door(() => Foghorn.captureMessage(value))
  door(() => Foghorn.explain(value))
  door(() => Foghorn.withScope((scope) => { scope.setExtra('hostile', value); Foghorn.captureException(new Error('scoped')) }))`

test.each(HOSTILE)('%s: no door lets our failure out, and what comes after arrives', async (_name, code) => {
  const page = await site.open({ maxEventsPerMinute: 100 }, '<iframe></iframe>')
  const uncaught: string[] = []
  page.on('pageerror', (error) => uncaught.push(error.message))
  await site.run(`${TRAP}\n var value = ${code}\n${DOORS}\n globalThis.caught = caught`)
  expect(await page.evaluate('caught')).toEqual([])
  expect(uncaught).toEqual([])
  await site.run('setTimeout(() => { throw value }); Promise.reject(value)')
  await site.run('Foghorn.captureException(new Error("after"))')
  await page.evaluate('Foghorn.flush()')
  const values = site.ingest.events().map((event) => event.exception?.values.at(-1)?.value)
  expect(values).toEqual(expect.arrayContaining(['caused', 'members', 'with context', 'scoped', 'after']))
})
