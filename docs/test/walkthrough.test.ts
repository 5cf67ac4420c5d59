// Follows each page as a reader would: its commands in their order, in one folder, against a running service.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildProgram } from '../../packages/cli/test/program.ts'
import { BIN, run, startService, type Service } from '../../packages/cli/test/service.ts'
import { type Block, blocksOf } from './documents.ts'

// These start what never ends, look at the machine, install, or want a database, which other tests give them.
const LEFT_OUT = /foghorn serve|foghorn doctor|foghorn migrate|^npm |^curl /
const SENTRY = /sentry-cli|SENTRY_/

const linesOf = ({ code }: Block): string[] =>
  code.split('\n').filter((line) => line.includes('foghorn ') && !LEFT_OUT.test(line) && !SENTRY.test(line))

const steps = blocksOf('sh')
  .filter(({ notRun }) => notRun === undefined)
  .map((block) => ({ place: block.place, lines: linesOf(block) }))
  .filter(({ lines }) => lines.length > 0)

const pageOf = ({ place }: { place: string }): string => place.split(':')[0]!

let service: Service
let site: Server
let folder: string
let dist: string

/** The deployed page that readers check. */
const serveSite = async (): Promise<Server> => {
  const server = createServer((request, response) => {
    const isScript = request.url === '/app.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? readFileSync(join(folder, 'dist/app.js')) : '<script src="/app.js"></script>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

beforeAll(async () => {
  service = await startService()
  const channel = { name: 'on-call', target: { kind: 'email', to: ['ada@example.com'] } }
  await fetch(`${service.url()}/api/0/organizations/acme/channels/`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(channel),
  })
  folder = mkdtempSync(join(tmpdir(), 'foghorn-walkthrough-'))
  site = await serveSite()
})
afterAll(async () => {
  site.close()
  await service.close()
  rmSync(folder, { recursive: true })
})

/** A line as it is meant here: this command, and this page, for those of the example. */
const meant = (line: string): string =>
  line.replaceAll('https://shop.example.com', `http://127.0.0.1:${(site.address() as AddressInfo).port}/`)

const SHELL = `set -e\nnpx() { shift; "${process.execPath}" "${BIN}" "$@"; }\n`

const lay = (): void => {
  rmSync(join(folder, 'dist'), { recursive: true, force: true })
  cpSync(dist, join(folder, 'dist'), { recursive: true })
}

const runLines = (lines: string[]) => {
  const env = { ...service.env(), FOGHORN_DATA: service.data }
  return run('sh', ['-c', SHELL + lines.map(meant).join('\n')], env, folder)
}

/** What whoever asks about a deployed page has done before. */
const deploy = async (): Promise<void> => {
  lay()
  const { code } = await runLines(['npx foghorn sourcemaps inject dist', 'npx foghorn sourcemaps upload dist'])
  expect(code).toBe(0)
}

const walk = async (page: string): Promise<void> => {
  const own = steps.filter((step) => pageOf(step) === page)
  if (own[0]?.lines.some((line) => line.includes('sourcemaps check http'))) await deploy()
  for (const { place, lines } of own) {
    if (lines.some((line) => line.includes('sourcemaps upload'))) lay()
    const { code, stdout, stderr } = await runLines(lines)
    expect([place, code, stdout, stderr]).toEqual([place, 0, stdout, stderr])
  }
}

test.each([...new Set(steps.map(pageOf))])('the commands of %s do what they say', async (page) => {
  dist = buildProgram(basename(page))
  writeFileSync(join(folder, 'error.log'), 'TypeError: x is null\n    at https://shop.test/app.js:1:10\n')
  writeFileSync(join(folder, 'alerts.yaml'), 'rules: []\n')
  await walk(page)
  for (const made of ['elsewhere', 'foghorn.tar.gz']) rmSync(join(folder, made), { recursive: true, force: true })
})
