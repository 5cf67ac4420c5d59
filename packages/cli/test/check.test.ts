import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { buildProgram } from './program.ts'
import { foghorn, startService, type Service } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.map': 'application/json' }

/** Serves a folder as a site does: what is not there is the app's page. */
const deploy = async (
  folder: string,
  headers: Record<string, string> = {},
  onRequest: (request: IncomingMessage) => void = () => undefined,
): Promise<string> => {
  const server = createServer((request, response) => {
    onRequest(request)
    const path = new URL(request.url!, 'http://site').pathname.replace(/\/$/, '/index.html')
    const name = existsSync(join(folder, path)) ? path : '/index.html'
    response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'text/plain', ...headers })
    response.end(readFileSync(join(folder, name)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  onTestFinished(() => server.closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

/** A site whose page loads the program, which loads a second script. */
const buildSite = async (variant: string): Promise<string> => {
  const folder = buildProgram(variant)
  const lazy = readFileSync(join(folder, 'app.js'), 'utf8').replace('app.js.map', 'lazy.js.map')
  writeFileSync(join(folder, 'lazy.js'), lazy.replace('(()=>{', '(()=>{let lazy=1;'))
  writeFileSync(join(folder, 'lazy.js.map'), readFileSync(join(folder, 'app.js.map')))
  const app = readFileSync(join(folder, 'app.js'), 'utf8')
  writeFileSync(join(folder, 'app.js'), app.replace('\n//#', ';globalThis.more=()=>import("./lazy.js")\n//#'))
  writeFileSync(
    join(folder, 'index.html'),
    '<!-- <script src="no.js"></script> --><script defer src="/app.js"></script>',
  )
  await foghorn(['sourcemaps', 'inject', folder])
  return folder
}

const check = async (target: string, ...flags: string[]) => {
  const { code, stdout, stderr } = await foghorn(['sourcemaps', 'check', target, '--json', ...flags], service.env())
  return { code, stderr, ...(JSON.parse(stdout || '{}') as any) }
}

const upload = (folder: string) => foghorn(['sourcemaps', 'upload', folder, '--delete-after-upload'], service.env())

describe('a deployed page', () => {
  test('is fine when its maps are uploaded and not public', async () => {
    const folder = await buildSite('fine')
    await upload(folder)
    const url = await deploy(folder)
    const { code, scripts, problems, warnings } = await check(url)
    expect([code, problems, warnings]).toEqual([0, [], []])
    expect(scripts.map(({ script }: { script: string }) => script)).toEqual([`${url}app.js`, `${url}lazy.js`])
    for (const script of scripts) {
      expect(script).toMatchObject({ mapFound: true, by: 'debug-id', problems: [], warnings: [] })
      expect(script.resolvedShare).toBeGreaterThan(0.5)
    }
  })

  test('is not when a map was forgotten, and says why', async () => {
    const folder = await buildSite('forgotten')
    rmSync(join(folder, 'lazy.js.map'))
    await upload(folder)
    const { code, scripts } = await check(await deploy(folder))
    expect(code).toBe(1)
    expect(scripts.map(({ problems }: any) => problems.length)).toEqual([0, 1])
    expect(scripts[1].problems[0]).toMatch(
      /^Nothing with debug ID [\da-f]{32} was uploaded to this project\. No source map was uploaded/,
    )
  })

  test('is warned about when everybody can read its maps', async () => {
    const folder = await buildSite('public')
    await foghorn(['sourcemaps', 'upload', folder], service.env())
    const url = await deploy(folder)
    const { code, scripts } = await check(url)
    expect([code, scripts[0].warnings]).toEqual([
      0,
      [expect.stringContaining(`Everybody can read its source map: ${url}app.js.map`)],
    ])
    expect((await check(url, '--strict')).code).toBe(1)
  })

  test.each([
    ["default-src 'self'", 'default-src'],
    ["default-src *; connect-src 'self' https://api.test", 'connect-src'],
  ])('whose policy %s keeps errors in is told so', async (policy, directive) => {
    const folder = await buildSite('policy')
    await upload(folder)
    const { code, problems } = await check(await deploy(folder, { 'content-security-policy': policy }))
    expect([code, problems]).toEqual([1, [expect.stringContaining(`add ${service.url()} to ${directive}`)]])
  })

  test('whose policy lets them out is not', async () => {
    const folder = await buildSite('open policy')
    await upload(folder)
    const policy = `default-src 'self'; connect-src 'self' ${service.url()}`
    expect((await check(await deploy(folder, { 'content-security-policy': policy }))).problems).toEqual([])
  })

  test('is read like a browser does: modules, preloads, chunks and workers, each once', async () => {
    const folder = await buildSite('parts')
    const app = readFileSync(join(folder, 'app.js'), 'utf8')
    for (const name of ['module', 'early', 'hinted', 'worker'])
      writeFileSync(join(folder, `${name}.js`), app.replace('(()=>{', `(()=>{let ${name}=1;`))
    writeFileSync(
      join(folder, 'module.js'),
      `${readFileSync(join(folder, 'module.js'), 'utf8')}\nnew Worker(new URL("./worker.js",import.meta.url))`,
    )
    writeFileSync(
      join(folder, 'index.html'),
      `<base href="/"><link rel="modulepreload" href="early.js"><link rel="preload" as="script" href="/hinted.js">
      <link rel="preload" as="style" href="app.css"><script type="application/json">{"a":"./no.js"}</script>
      <script type="module" src="module.js"></script><script src="module.js#x"></script>`,
    )
    const url = await deploy(folder)
    const { scripts } = await check(url)
    const names = scripts.map(({ script }: { script: string }) => new URL(script).pathname)
    expect(names.toSorted()).toEqual(['/early.js', '/hinted.js', '/lazy.js', '/module.js', '/worker.js'])
  })

  test('never sees the token', async () => {
    const seen: string[] = []
    const folder = await buildSite('token')
    await check(await deploy(folder, {}, ({ headers }) => seen.push(JSON.stringify(headers))))
    expect(seen.length).toBeGreaterThan(1)
    expect(seen.filter((headers) => headers.includes(service.token))).toEqual([])
  })

  test('that loads no scripts, or is not there, is said to', async () => {
    const folder = await buildSite('empty')
    writeFileSync(join(folder, 'index.html'), '<p>')
    expect((await check(await deploy(folder))).stderr).toContain('loads no scripts')
    expect((await check('http://127.0.0.1:1/')).stderr).toContain('http://127.0.0.1:1/ cannot be read')
  })
})

describe('a folder before it is deployed', () => {
  const local = async (folder: string) => {
    const { code, stdout } = await foghorn(['sourcemaps', 'check', folder, '--json'])
    return { code, ...(JSON.parse(stdout) as any) }
  }

  test('needs no service', async () => {
    const { code, scripts } = await local(await buildSite('local'))
    expect([code, scripts.length]).toEqual([0, 2])
  })

  test('has a problem with a map of another program', async () => {
    const folder = await buildSite('other map')
    writeFileSync(
      join(folder, 'app.js.map'),
      JSON.stringify({ version: 3, sources: ['a'], names: [], mappings: ';;;;AAAA' }),
    )
    const { code, scripts } = await local(folder)
    expect([code, scripts[0].problems]).toEqual([1, [expect.stringContaining('its map is of another build')]])
  })
})
