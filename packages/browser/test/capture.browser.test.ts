import { expect, test } from 'vitest'
import { useSite } from './harness/site.ts'

const site = useSite()

test('an uncaught error arrives with its stack, oldest call first', async () => {
  await site.open()
  await site.run('function outer() { inner() }\nfunction inner() { throw new TypeError("broken") }\nouter()')
  const event = await site.firstEvent()
  const [thrown] = event.exception!.values
  expect(thrown).toMatchObject({ type: 'TypeError', value: 'broken', mechanism: { type: 'onerror', handled: false } })
  const frames = thrown!.stacktrace!.frames
  expect(frames.map((frame) => [frame.function, frame.lineno, frame.colno])).toEqual([
    ['?', 3, 1],
    ['outer', 1, 20],
    ['inner', 2, 26],
  ])
  expect(frames[2]!.filename).toMatch(/\/run-\d+\.js$/)
  expect(event).toMatchObject({ release: 'shop@1', platform: 'javascript' })
  // Which means `error`.
  expect(event.level).toBeUndefined()
})

test.each([
  ['new Error("in promise")', { type: 'Error', value: 'in promise' }],
  ['"just text"', { type: 'Error', value: 'just text' }],
  ['42', { type: 'Error', value: '42' }],
  ['null', { type: 'Error', value: 'null' }],
  ['undefined', { type: 'Error', value: 'undefined' }],
  ['Symbol("odd")', { type: 'Error', value: 'Symbol(odd)' }],
  ['({ code: 7, reason: "stock" })', { type: 'Error', value: '{"code":7,"reason":"stock"}' }],
  ['({ name: "ApiError", message: "no" })', { type: 'ApiError', value: 'no' }],
  ['new DOMException("gone", "NotFoundError")', { type: 'NotFoundError', value: 'gone' }],
  ['Object.freeze(new RangeError("frozen"))', { type: 'RangeError', value: 'frozen' }],
  ['new (class extends Error { get message() { throw 1 } })', { type: 'Error', value: '' }],
  ['new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 1 }, ownKeys() { throw 1 } })', { type: 'Error' }],
  ['Object.create(null)', { type: 'Error', value: '{}' }],
])('a rejection with %s arrives', async (value, expected) => {
  await site.open()
  await site.run(`Promise.reject(${value})`)
  const thrown = (await site.firstEvent()).exception!.values.at(-1)
  expect(thrown).toMatchObject({ ...expected, mechanism: { type: 'onunhandledrejection', handled: false } })
})

test.each([
  ['"just text"', 'just text'],
  ['null', 'null'],
  ['({ a: 1 })', '{"a":1}'],
])('throwing %s arrives', async (value, expected) => {
  await site.open()
  await site.run(`throw ${value}`)
  const thrown = (await site.firstEvent()).exception!.values[0]
  expect(thrown!.value).toContain(value === 'null' ? 'null' : expected)
})

test.each([
  ['a timer', 'setTimeout(fail)'],
  ['a listener', 'document.addEventListener("own", fail); document.dispatchEvent(new Event("own"))'],
  ['an animation frame', 'requestAnimationFrame(fail)'],
  ['a microtask', 'queueMicrotask(fail)'],
  ['an observer', 'new MutationObserver(fail).observe(document.body, { childList: true }); document.body.append("x")'],
  [
    'a custom element',
    'customElements.define("x-own", class extends HTMLElement { connectedCallback() { fail() } }); document.body.innerHTML = "<x-own></x-own>"',
  ],
  ['what the page reports itself', 'reportError(new Error("broken"))'],
])('an error in %s arrives once', async (_where, code) => {
  await site.open()
  await site.run(`function fail() { throw new Error('broken') }\n${code}`)
  const [thrown] = (await site.firstEvent()).exception!.values
  expect(thrown).toMatchObject({ value: 'broken', mechanism: { type: 'onerror', handled: false } })
  await site.run('throw new Error("after")')
  expect((await site.events(2)).map((event) => event.exception!.values[0]!.value)).toEqual(['broken', 'after'])
})

test('a trap of WebAssembly arrives with the place in its module', async () => {
  await site.open()
  // (module (func (export "f") unreachable))
  const module = [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11,
  ]
  await site.run(`new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([${module}]))).exports.f()`)
  const [thrown] = (await site.firstEvent()).exception!.values
  expect(thrown).toMatchObject({ type: 'RuntimeError', value: 'unreachable' })
  expect(thrown!.stacktrace!.frames.at(-1)).toMatchObject({ filename: expect.stringMatching(/^wasm:/) })
})

test('a rejection that is handled in the same task is not reported', async () => {
  await site.open()
  await site.run('const p = Promise.reject(new Error("late")); setTimeout(() => p.catch(() => {}))')
  await site.run('const q = Promise.reject(new Error("later")); queueMicrotask(() => q.catch(() => {}))')
  await site.run('throw new Error("after")')
  expect((await site.firstEvent()).exception!.values[0]!.value).toBe('after')
})

test('causes come before what they caused, members of an AggregateError too', async () => {
  await site.open()
  await site.run(`
    const root = new Error('root')
    root.cause = root
    const middle = new TypeError('middle', { cause: root })
    throw new AggregateError([new Error('one'), 'two'], 'all failed', { cause: middle })`)
  const { values } = (await site.firstEvent()).exception!
  expect(
    values.map(({ value, mechanism }) => [value, mechanism!.source, mechanism!.exception_id, mechanism!.parent_id]),
  ).toEqual([
    ['two', 'errors[1]', 4, 0],
    ['one', 'errors[0]', 3, 0],
    ['root', 'cause', 2, 1],
    ['middle', 'cause', 1, 0],
    ['all failed', undefined, 0, undefined],
  ])
  expect(values.at(-1)!.mechanism).toMatchObject({ is_exception_group: true, handled: false })
})

test('a chain of causes without end is cut, and what was thrown is there', async () => {
  await site.open()
  await site.run(`
    let error = new Error('number 0')
    for (let depth = 1; depth < 500; depth += 1) error = new Error('number ' + depth, { cause: error })
    throw error`)
  const { values } = (await site.firstEvent()).exception!
  expect(values.at(-1)!.value).toBe('number 499')
  expect(values.length).toBeLessThan(20)
})

test('an error of another realm is an error', async () => {
  await site.open({}, '<iframe id="frame"></iframe>')
  await site.run('throw new (document.querySelector("#frame").contentWindow.TypeError)("from the frame")')
  const [thrown] = (await site.firstEvent()).exception!.values
  expect(thrown).toMatchObject({ type: 'TypeError', value: 'from the frame', mechanism: { handled: false } })
  expect(thrown!.mechanism!.synthetic).toBeUndefined()
})

test('an error in a worker arrives with its message and place', async () => {
  await site.open()
  site.pages.files.set('/worker.js', { body: 'setTimeout(() => { throw new Error("in worker") })' })
  await site.run('new Worker("/worker.js")')
  const [thrown] = (await site.firstEvent()).exception!.values
  expect(thrown).toMatchObject({ type: 'Error', value: 'in worker' })
  expect(thrown!.stacktrace!.frames).toMatchObject([{ filename: `${site.pages.url}/worker.js`, lineno: 1 }])
})

test.each([
  ['img', '<img src="/gone?token=abc&size=2">'],
  ['script', '<script src="/gone?token=abc&size=2"></script>'],
  ['link', '<link rel="stylesheet" href="/gone?token=abc&size=2">'],
])('a failed %s arrives by its address, without secrets', async (name, html) => {
  await site.open({}, html)
  const [thrown] = (await site.firstEvent()).exception!.values
  expect(thrown).toMatchObject({ type: 'ResourceError', mechanism: { type: 'resource' } })
  expect(thrown!.value).toBe(`<${name}> failed to load: ${site.pages.url}/gone?token=***&size=2`)
})

test('what the Content Security Policy refuses arrives', async () => {
  const headers = { 'content-security-policy': `img-src 'none'` }
  await site.open()
  site.pages.files.set('/', { ...site.pages.files.get('/')!, headers })
  await site.page.goto(site.pages.url)
  await site.run('new Image().src = "https://images.example/a.png"')
  const [thrown] = (await site.firstEvent()).exception!.values
  expect(thrown).toMatchObject({ type: 'CspViolation', value: 'img-src blocked https://images.example/a.png' })
})

test('an error caught, reported and thrown on is one event', async () => {
  await site.open()
  await site.run('try { null.x } catch (error) { Foghorn.captureException(error); throw error }')
  await site.run('throw new Error("after")')
  const values = (await site.events(2)).map((event) => event.exception!.values[0]!.mechanism!.type)
  expect(values).toEqual(['generic', 'onerror'])
})

test('debug IDs of the scripts in the stack go with the event', async () => {
  await site.open()
  await site.run(`
    (globalThis._sentryDebugIds ??= {})[new Error().stack] = '135314c4-6741-53c7-be2b-cfd153074baf'
    throw new Error('mapped')`)
  const event = await site.firstEvent()
  const file = event.exception!.values[0]!.stacktrace!.frames[0]!.filename
  expect(event.debug_meta!.images).toEqual([
    { type: 'sourcemap', code_file: file, debug_id: '135314c4-6741-53c7-be2b-cfd153074baf' },
  ])
})

test('messages carry the scope that they were captured in', async () => {
  await site.open({ initialScope: { tags: { team: 'web' } } })
  await site.run(`
    Foghorn.setUser({ id: '7' })
    Foghorn.withScope((scope) => {
      scope.setTag('step', 'pay').setContext('cart', { items: 2, gift: true, deep: { a: { b: { c: { d: 1 } } } } })
      Foghorn.captureMessage('stock is low', 'warning')
    })
    Foghorn.captureMessage('plain', { extra: { huge: 'x'.repeat(5000) } })`)
  const [first, second] = await site.events(2)
  expect(first).toMatchObject({
    message: 'stock is low',
    level: 'warning',
    tags: { team: 'web', step: 'pay' },
    user: { id: '7' },
    contexts: { cart: { items: 2, gift: true, deep: { a: { b: '[Object]' } } } },
  })
  expect(second).toMatchObject({ message: 'plain', level: 'info', tags: { team: 'web' } })
  expect((second!.extra!['huge'] as string).length).toBeLessThan(1100)
})

test('an event has what the scope and the call say of it', async () => {
  await site.open()
  await site.run(`
    Foghorn.setTags({ team: 'web' })
    Foghorn.setExtra('cart', [1, 2])
    Foghorn.setExtras({ step: 'pay' })
    Foghorn.withScope((scope) => {
      scope.setLevel('fatal').setFingerprint(['shop', 'pay'])
      Foghorn.captureException(new Error('inside'), { tags: { own: 'yes' }, user: { id: '9' } })
    })
    Foghorn.captureException(new Error('outside'))`)
  const [inside, outside] = await site.events(2)
  expect(inside).toMatchObject({
    level: 'fatal',
    fingerprint: ['shop', 'pay'],
    tags: { team: 'web', own: 'yes' },
    user: { id: '9' },
    extra: { cart: [1, 2], step: 'pay' },
  })
  expect(outside).toMatchObject({ tags: { team: 'web' }, extra: { cart: [1, 2], step: 'pay' } })
  expect(outside!.level).toBeUndefined()
  expect([outside!.fingerprint, outside!.user, outside!.tags]).toEqual([undefined, undefined, { team: 'web' }])
})

test('the first event is smaller than 1 KB', async () => {
  await site.open()
  await site.run('throw new Error("small")')
  await site.firstEvent()
  expect(site.ingest.bodies[0]!.length).toBeLessThan(1024)
})
