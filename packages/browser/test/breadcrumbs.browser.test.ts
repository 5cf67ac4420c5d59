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
