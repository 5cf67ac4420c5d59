import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Breadcrumb } from '@foghorn/protocol'
import { expect, test } from 'vitest'
import { useSite } from './harness/site.ts'

const site = useSite()

const crumbs = async (): Promise<Breadcrumb[]> => {
  await site.page.evaluate('Foghorn.captureMessage("now")')
  return (await site.firstEvent()).breadcrumbs ?? []
}

test('console lines become text at the call, bounded', async () => {
  await site.open()
  await site.run(`
    const cart = { items: [1, 2], owner: { name: 'A', deep: { deeper: { deepest: 1 } } } }
    cart.self = cart
    console.log('cart', cart, new Error('why'), () => 1, undefined, 'sixth')
    cart.items.push(3)
    console.warn('x'.repeat(5000))
    console.debug(Symbol('s'), 10n, null)`)
  const [first, second, third] = await crumbs()
  expect(first).toMatchObject({ category: 'console', level: 'info' })
  expect(first!.message).toBe(
    'cart {"items":[1,2],"owner":{"name":"A","deep":"[Object]"},"self":"[Circular]"} Error: why () => 1 undefined',
  )
  expect(second).toMatchObject({ level: 'warning' })
  expect(second!.message!.length).toBeLessThan(310)
  expect(third).toMatchObject({ level: 'debug', message: 'Symbol(s) 10 null' })
})

test('small things are told whole, however deep, and without secrets', async () => {
  await site.open()
  await site.run(`
    console.info({ a: { b: { c: { d: [1, null, 'two'] } } } }, ['https://shop.test/?token=abc&page=2'])
    console.info({ at: new Date(NaN), n: NaN, run() {} }, Object.create({ inherited: 1 }))`)
  const [first, second] = await crumbs()
  expect(first!.message).toBe('{"a":{"b":{"c":{"d":[1,null,"two"]}}}} ["https://shop.test/?token=***&page=2"]')
  expect(second!.message).toBe('{"at":"[Date]","n":"NaN","run":"run() {}"} {}')
})

test('clicks name the element, also inside an open shadow root', async () => {
  const page = await site.open(
    {},
    '<form id="pay"><button class="primary big wide" data-testid="buy" name="now" type="button"><b>Pay</b></button></form><x-card></x-card>',
  )
  await page.evaluate(() => {
    const root = document.querySelector('x-card')!.attachShadow({ mode: 'open' })
    root.innerHTML = '<button class="inner">Hidden</button>'
  })
  await page.click('b')
  await page.click('x-card >> .inner')
  const [first, second] = await crumbs()
  expect(first).toMatchObject({
    category: 'ui.click',
    message: 'body > form#pay > button.primary.big[data-testid="buy"][name="now"][type="button"] > b',
  })
  expect(second!.message).toBe('html > body > x-card > button.inner')
})

test('typing is one breadcrumb for each field, never what was typed', async () => {
  const page = await site.open({}, '<input name="card"><input name="code" type="password">')
  await page.locator('[name=card]').pressSequentially('4111 1111')
  await page.locator('[name=code]').pressSequentially('hunter2')
  const found = await crumbs()
  expect(found.map(({ category, message }) => [category, message])).toEqual([
    ['ui.input', 'html > body > input[name="card"]'],
    ['ui.input', 'html > body > input[name="code"][type="password"]'],
  ])
  expect(site.ingest.bodies[0]).not.toMatch(/4111|hunter2/)
})

test('requests tell method, address without secrets, status and duration', async () => {
  const page = await site.open()
  await page.evaluate(async () => {
    await fetch('/?q=1&access_token=SECRET', { method: 'post', body: 'BODY', headers: { 'x-own': 'HEADER' } })
    await fetch(new Request('/missing'))
    await fetch('http://user:PASSWORD@127.0.0.1:1/').catch(() => {})
    await fetch('http://127.0.0.1:1/').catch(() => {})
    const xhr = new XMLHttpRequest()
    xhr.open('put', '/missing?api_key=SECRET')
    xhr.send()
    await new Promise((resolve) => xhr.addEventListener('loadend', resolve))
  })
  const found = await crumbs()
  expect(
    found.map(({ category, level, data }) => [category, level, data!['method'], data!['url'], data!['status_code']]),
  ).toEqual([
    ['fetch', 'info', 'POST', '/?q=1&access_token=***', 200],
    ['fetch', 'warning', 'GET', `${site.pages.url}/missing`, 404],
    ['fetch', 'error', 'GET', 'http://***@127.0.0.1:1/', 0],
    ['fetch', 'error', 'GET', 'http://127.0.0.1:1/', 0],
    ['xhr', 'warning', 'PUT', '/missing?api_key=***', 404],
  ])
  for (const crumb of found) expect(crumb.data!['duration']).toBeGreaterThanOrEqual(0)
  expect(site.ingest.bodies[0]).not.toMatch(/SECRET|PASSWORD|BODY|HEADER/)
})

test('requests tell how much was sent and answered, where that costs nothing', async () => {
  const page = await site.open()
  site.pages.files.set('/sized', { body: '12345', headers: { 'content-length': '5' } })
  await page.evaluate(async () => {
    const send = async (body: BodyInit) => void (await fetch('/sized', { method: 'post', body }))
    await send('BODY')
    await send(new Blob(['BLOB', 'XX']))
    await send(new Uint16Array(4))
    await send(new URLSearchParams({ one: '1', two: '2' }))
    await send(new FormData())
    const xhr = new XMLHttpRequest()
    for (const method of ['put', 'get']) {
      xhr.open(method, '/sized')
      xhr.send(method === 'put' ? 'XYZ' : null)
      await new Promise((resolve) => xhr.addEventListener('loadend', resolve, { once: true }))
    }
    xhr.open('post', '/sized', false)
    xhr.send('sync')
  })
  const found = await crumbs()
  expect(
    found.map(({ category, data }) => [category, data!['request_body_size'], data!['response_body_size']]),
  ).toEqual([
    ['fetch', 4, 5],
    ['fetch', 6, 5],
    ['fetch', 8, 5],
    ['fetch', 11, 5],
    ['fetch', undefined, 5],
    ['xhr', 3, 5],
    ['xhr', undefined, 5],
    ['xhr', undefined, 5],
  ])
})

const navigate = `history.pushState(null, '', '/two?token=SECRET'); history.replaceState(null, '', '/three'); location.hash = 'four'`

test.each([
  ['the Navigation API', ''],
  [
    'the History API where there is no other',
    'delete globalThis.navigation; Object.defineProperty(globalThis, "navigation", { value: undefined })',
  ],
])('changes of the address are seen through %s', async (_how, script) => {
  await site.page.addInitScript(script)
  const page = await site.open()
  await page.evaluate(navigate)
  await expect.poll(() => page.url()).toContain('#four')
  const found = (await crumbs()).filter(({ category }) => category === 'navigation')
  const { url } = site.pages
  expect(found.map(({ data }) => data)).toEqual([
    { from: `${url}/`, to: `${url}/two?token=***` },
    { from: `${url}/two?token=***`, to: `${url}/three` },
    { from: `${url}/three`, to: `${url}/three#four` },
  ])
})

test('the network lost and back is seen', async () => {
  await site.open()
  await site.context.setOffline(true)
  await site.context.setOffline(false)
  const found = (await crumbs()).filter(({ category }) => category === 'page')
  expect(found.map(({ message }) => message)).toEqual(['offline', 'online'])
})

test('a WebSocket tells when it opens, never what goes over it', async () => {
  const page = await site.open()
  const server = createServer().on('upgrade', (request, socket) => {
    // RFC 6455, 4.2.2.
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`
    const accept = createHash('sha1').update(key).digest('base64')
    const head = `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}`
    socket.write(`${head}\r\n\r\n`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await page.evaluate(async (url) => {
    const socket = new WebSocket(url)
    await new Promise((resolve) => socket.addEventListener('open', resolve))
    socket.send('SECRET')
  }, `ws://127.0.0.1:${port}/prices?token=SECRET`)
  const found = (await crumbs()).filter(({ category }) => category === 'websocket')
  expect(found).toMatchObject([{ message: 'open', data: { url: `ws://127.0.0.1:${port}/prices?token=***` } }])
  expect(site.ingest.bodies.join('')).not.toContain('SECRET')
  server.close()
  server.closeAllConnections()
})

test('WebSockets tell when they close', async () => {
  const page = await site.open()
  await page.evaluate(async () => {
    const socket = new WebSocket(`${location.href.replace('http', 'ws')}?token=SECRET`)
    await new Promise((resolve) => socket.addEventListener('close', resolve))
  })
  const found = (await crumbs()).filter(({ category }) => category === 'websocket')
  expect(found.map(({ message }) => message)).toEqual(['error', 'close'])
  expect(found[1]!.data).toMatchObject({ code: 1006, url: expect.stringContaining('?token=***') })
})

test('the trail is a ring whose hook can change and drop', async () => {
  await site.open({ maxBreadcrumbs: 3 })
  await site.run(`
    Foghorn.init({ beforeBreadcrumb: (crumb) => crumb.message === 'no' ? null : { ...crumb, message: crumb.message + '!' } })
    for (const text of ['one', 'two', 'no', 'three', 'four']) Foghorn.addBreadcrumb({ message: text, category: 'own' })`)
  const found = await crumbs()
  expect(found.map(({ message }) => message)).toEqual(['two!', 'three!', 'four!'])
})

test('the own requests of the SDK leave no breadcrumb', async () => {
  const page = await site.open()
  await page.evaluate('Foghorn.captureMessage("one")')
  await site.events(1)
  await page.evaluate('Foghorn.captureMessage("two")')
  const [, second] = await site.events(2)
  expect(second!.breadcrumbs).toBeUndefined()
})
