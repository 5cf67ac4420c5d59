// The packages as they are published, put where those who install them have them.
import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { extract } from 'tar'
import { expect } from 'vitest'
import { packAll } from '../../../scripts/pack.mjs'
import { type Run, run } from './service.ts'

export interface Packed {
  name: string
  /** Where it lies in the checkout. */
  folder: string
  manifest: { version: string; exports: Record<string, unknown>; dependencies?: Record<string, string> }
  tarball: string
  size: number
  files: { path: string; size: number }[]
}

const scratch = mkdtempSync(join(tmpdir(), 'foghorn-packed-'))
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }))

/** A folder that goes with this process. */
export const newFolder = (): string => mkdtempSync(join(scratch, 'folder-'))

export const packages = packAll(newFolder()) as Packed[]

const nearest = (name: string, from: string): string => {
  const paths = createRequire(join(from, 'package.json')).resolve.paths(name) ?? []
  const found = paths.map((path) => join(path, name)).find((path) => safeRealpath(path))
  if (!found) throw new Error(`${name} is not installed for ${from}.`)
  return realpathSync(found)
}

const safeRealpath = (path: string): string | undefined => {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

/** Unpacks a package, with what it declares to depend on beside it, as this checkout has it: nothing else is found. */
const unpack = async ({ name, folder, manifest, tarball }: Packed, nodeModules: string): Promise<void> => {
  const own = join(nodeModules, name)
  mkdirSync(own, { recursive: true })
  await extract({ file: tarball, cwd: own, strip: 1 })
  for (const other of Object.keys(manifest.dependencies ?? {})) {
    if (packages.some((one) => one.name === other)) continue
    const link = join(own, 'node_modules', other)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(nearest(other, folder), link)
  }
}

/** A folder into which all packages are installed, without a registry. */
export const installFromCheckout = async (): Promise<string> => {
  const folder = newFolder()
  for (const one of packages) await unpack(one, join(folder, 'node_modules'))
  return folder
}

/** A folder into which npm has installed the packages with these names, and what else is wanted, by its own means. */
export const installByNpm = (names: readonly string[], others: readonly string[] = []): string => {
  const folder = newFolder()
  const tarballs = packages.filter(({ name }) => names.includes(name)).map(({ tarball }) => tarball)
  const args = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', ...tarballs, ...others]
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  return folder
}

/** The names of a package and of ours that it depends on. */
export const withSiblings = (name: string): string[] => {
  const { manifest } = packages.find((one) => one.name === name)!
  const siblings = Object.keys(manifest.dependencies ?? {}).filter((other) =>
    packages.some((one) => one.name === other),
  )
  return [...new Set([name, ...siblings.flatMap(withSiblings)])]
}

export interface PackedService {
  url: string
  project: { id: string; publicKey: string; dsn: string }
  /** Sends an envelope with one event; gives its ID. */
  send(event: object): Promise<string>
  /** The titles of the project's issues. */
  titles(): Promise<string[]>
  close(): Promise<void>
}

/** `foghorn serve` of an installation, with a project. */
export const startInstalled = async (folder: string): Promise<PackedService> => {
  const { bin } = JSON.parse(readFileSync(join(folder, 'node_modules/foghorn/package.json'), 'utf8'))
  const program = join(folder, 'node_modules/foghorn', bin.foghorn)
  const data = join(folder, 'data')
  const env = { PATH: process.env['PATH']!, HOME: folder, FOGHORN_DATA: data }
  const foghorn = (...args: string[]): Promise<Run> => run(process.execPath, [program, ...args], env, folder)
  const child = spawn(process.execPath, [program, 'serve', '--port', '0'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const lines = createInterface({ input: child.stderr })
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The service ended with code ${code}.`)))
    lines.on('line', (line) => {
      const at = /^Foghorn is at (\S+)$/.exec(line)?.[1]
      if (at) resolve(at)
    })
  })
  const project = JSON.parse((await foghorn('project', 'create', 'acme/shop', '--json')).stdout)
  const { token } = JSON.parse((await foghorn('token', 'create', '--org', 'acme', '--json')).stdout)
  return {
    url,
    project,
    send: async (event) => {
      const event_id = randomBytes(16).toString('hex')
      const body = [{ event_id }, { type: 'event' }, { event_id, ...event }]
        .map((part) => JSON.stringify(part))
        .join('\n')
      const path = `${url}/api/${project.id}/envelope/?sentry_key=${project.publicKey}`
      expect((await fetch(path, { method: 'POST', body })).status).toBe(200)
      return event_id
    },
    titles: async () => {
      const headers = { authorization: `Bearer ${token}` }
      const issues = await (await fetch(`${url}/api/0/projects/acme/shop/issues/`, { headers })).json()
      return (issues as { title: string }[]).map(({ title }) => title)
    },
    close: async () => {
      const exit = once(child, 'exit')
      child.kill('SIGTERM')
      await exit
    },
  }
}
