// Blocks that only a running service can answer: requests, pages, rules, settings.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foghorn, startService, type Service } from '../../packages/cli/test/service.ts'
import { CHROMIUM_ARGS, ensureChromium } from '../../scripts/browsers.mjs'
import { commandsIn } from './commands.ts'
import { blocksOf, ROOT } from './documents.ts'

let service: Service
let browser: Browser
const scratch = mkdtempSync(join(tmpdir(), 'foghorn-docs-'))

beforeAll(async () => {
  service = await startService()
  browser = await chromium.launch({
    executablePath: await ensureChromium(),
    chromiumSandbox: false,
    args: CHROMIUM_ARGS,
  })
  for (const name of ['on-call', 'the boss'])
    await ask('POST', '/organizations/acme/channels/', { name, target: { kind: 'email', to: ['ada@example.com'] } })
})
afterAll(async () => {
  await browser.close()
  await service.close()
  rmSync(scratch, { recursive: true })
})

const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
  const response = await fetch(`${service.url()}/api/0${path}`, {
    method,
    headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answer = await response.json()
  expect([path, response.status < 300, answer]).toEqual([path, true, answer])
  return answer
}

const valuesOf = (args: string[], flag: string): string[] =>
  args.flatMap((arg, index) => (args[index - 1] === flag ? [arg] : []))

const KNOWN_FLAGS = new Set(['-X', '-H', '-d'])

/** What curl would send, as far as documents use it. */
const request = async (args: string[]): Promise<Response> => {
  const own = args.map((arg) =>
    arg.replace('$FOGHORN_URL', service.url()).replace('$FOGHORN_AUTH_TOKEN', service.token),
  )
  const unknown = own.find((arg) => arg.startsWith('-') && !KNOWN_FLAGS.has(arg))
  if (unknown !== undefined) throw new Error(`This test does not know ${unknown} of curl.`)
  const [body] = valuesOf(own, '-d')
  return fetch(
    own.find((arg) => arg.startsWith('http'))!,
    {
      method: valuesOf(own, '-X')[0] ?? 'GET',
      headers: valuesOf(own, '-H').map((header) => header.split(': ') as [string, string]),
      ...(body === undefined ? {} : { body }),
    },
  )
}

test('every request of the documentation is answered', async () => {
  const event = await service.send([], { release: 'shop@1.4.2' })
  await service.event(event)
  const curls = blocksOf('sh').flatMap(({ place, code }) =>
    commandsIn(code)
      .filter(([name]) => name === 'curl')
      .map(([, ...args]) => ({ place, args })),
  )
  expect(curls.length).toBeGreaterThan(4)
  for (const { place, args } of curls) {
    const response = await request(args)
    expect([place, response.status, await response.text()]).toEqual([
      place,
      expect.toSatisfy((code) => code < 300),
      expect.anything(),
    ])
  }
  expect(await ask('GET', '/projects/acme/shop/issues/?query=is:resolved')).toHaveLength(1)
})

const loader = readFileSync(join(ROOT, 'packages/browser/dist/loader.min.js'), 'utf8')

/** The page of somebody who pasted a block, with the addresses of this service in it, and then fails. */
const pageWith = (block: string, message: string): string =>
  `<!doctype html><title>A page</title>${block
    .replaceAll('https://errors.example.com', service.url())
    .replaceAll('<public key>', service.project.publicKey)
    .replace('/* dist/loader.min.js */', () => loader)}
  <script>setTimeout(() => { throw new RangeError(${JSON.stringify(message)}) })</script>`

const serve = async (html: string): Promise<{ url: string; server: Server }> => {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(html))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server }
}

test('a page with any of the tags reports what fails in it', async () => {
  const tags = [...new Set(blocksOf('html').map(({ code }) => code))]
  expect(tags.length).toBeGreaterThan(2)
  for (const [index, code] of tags.entries()) {
    const message = `failed with tag ${index}`
    const { url, server } = await serve(pageWith(code, message))
    const page = await browser.newPage()
    await page.goto(url)
    const titles = async () =>
      ((await ask('GET', '/projects/acme/shop/issues/')) as { title: string }[]).map(({ title }) => title)
    await expect.poll(titles, { message: code }).toContain(`RangeError: ${message}`)
    await page.close()
    server.close()
  }
})

test('rules can be made and applied as they stand there', async () => {
  const rules = blocksOf('json').map(({ code }) => JSON.parse(code) as object)
  for (const rule of rules.filter((each) => 'trigger' in each))
    await ask('POST', '/projects/acme/shop/alert-rules/', rule)
  const files = blocksOf('yaml').filter(({ code }) => code.startsWith('rules:'))
  expect(files).toHaveLength(1)
  const path = join(scratch, 'alerts.yaml')
  writeFileSync(path, files[0]!.code)
  const { code, stdout, stderr } = await foghorn(['alerts', 'apply', path], service.env())
  expect([code, stderr]).toEqual([0, '2 rules changed.\n'])
  expect(stdout).toContain('checkout breaks for many')
})

test('files with settings are taken', async () => {
  const files = blocksOf('json').filter(({ code }) => 'publicUrl' in JSON.parse(code))
  expect(files).toHaveLength(1)
  const path = join(scratch, 'foghorn.config.json')
  writeFileSync(path, files[0]!.code)
  const { code, stdout } = await foghorn(['config', '--config', path])
  expect(code).toBe(0)
  expect(stdout).toContain('https://errors.example.com')
})
