// The move from a folder to PostgreSQL and back as users do it: by commands, while pages go on reporting.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Libsql from 'libsql'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { runPostgres, type RunningPostgres } from '../../server/test/run-postgres.ts'
import { buildProgram, ORIGINAL_FRAMES, runProgram, temporaryFolder } from './program.ts'
import { BIN, brief, debugMeta, foghorn, startService, type Service } from './service.ts'

const IS_LONG = process.env['FOGHORN_LONG'] !== undefined
const EVENTS = IS_LONG ? 3000 : 300
/** The copy is killed when it is about to write to these. */
const CUT_AT = IS_LONG ? ['artifact', 'event', 'issue', 'issue_hour', 'outcome', 'project'] : ['issue']
const SENDERS = 4
const PAUSE_MS = 20
const FAULTS = 12
const TIMEOUT_MS = IS_LONG ? 900_000 : 240_000
const PATIENCE = { interval: 20 }

const connect = async (url: string) => {
  const client = new Client({ connectionString: url })
  await client.connect()
  const ask = async <Row extends object>(statement: string): Promise<Row[]> => (await client.query<Row>(statement)).rows
  return { url, ask, close: () => client.end() }
}

type Database = Awaited<ReturnType<typeof connect>>

let service: Service
let database: Database
let postgres: RunningPostgres
beforeAll(async () => {
  service = await startService()
  postgres = await runPostgres(['fsync=off'])
  database = await connect(`${postgres.server}/postgres`)
})
afterAll(async () => {
  await service.close()
  await database.close()
  await postgres.close()
})

/** Pages that report one event after the other; what is refused is not sent again. */
const startTraffic = () => {
  const accepted: string[] = []
  const state = { isOver: false }
  const sendAll = async (): Promise<void> => {
    while (!state.isOver) {
      const exception = { values: [{ type: `Error${accepted.length % FAULTS}`, value: 'failed' }] }
      await service.send([], { exception }).then(
        (id) => accepted.push(id),
        () => undefined,
      )
      await wait(PAUSE_MS)
    }
  }
  const senders = Array.from({ length: SENDERS }, sendAll)
  const stop = async (): Promise<void> => {
    state.isOver = true
    await Promise.all(senders)
  }
  onTestFinished(stop)
  return {
    accepted,
    more: async (count: number): Promise<void> => {
      const wanted = accepted.length + count
      await expect.poll(() => accepted.length, PATIENCE).toBeGreaterThanOrEqual(wanted)
    },
    stop,
  }
}

const startMigrating = (...args: string[]) => {
  const child = spawn(process.execPath, [BIN, 'migrate', ...args, '--json'], { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = once(child, 'close')
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  return {
    says: (text: string) => expect.poll(() => stderr, PATIENCE).toContain(text),
    kill: async (): Promise<void> => {
      child.kill('SIGKILL')
      expect(await ended).toEqual([null, 'SIGKILL'])
    },
    /** What it prints in the end. */
    moved: async (): Promise<{ rows: number; tables: number; files: number }> => {
      const [code] = await ended
      expect([code, stderr]).toEqual([0, expect.not.stringContaining('Error')])
      return JSON.parse(stdout)
    },
  }
}

const IS_BEGUN = `select to_regclass('transfer_progress') is not null as is_begun`

/** Kills a copy while it waits to write its first rows to a table, which nobody else may write to meanwhile. */
const cutOff = async (table: string, args: string[]): Promise<void> => {
  const migrating = startMigrating(...args)
  await expect.poll(() => database.ask(IS_BEGUN), PATIENCE).toEqual([{ is_begun: true }])
  await database.ask(`begin; lock table "${table}" in share mode`)
  const waiting = `select from pg_locks where not granted and relation = '"${table}"'::regclass`
  await expect.poll(() => database.ask(waiting), PATIENCE).toHaveLength(1)
  await migrating.kill()
  await database.ask('rollback')
  const progress = await database.ask<{ name: string }>(
    `select name from transfer_progress where progress like '%true}'`,
  )
  expect(progress.length).toBeGreaterThan(0)
  expect(progress.map(({ name }) => name)).not.toContain(table)
}

/** Kills a copy that follows what changes until the service is stopped. */
const cutOffWaiting = async (args: string[]): Promise<void> => {
  const migrating = startMigrating(...args)
  await migrating.says('All is there')
  await migrating.kill()
}

const missing = (accepted: readonly string[], stored: readonly string[]): string[] => {
  const kept = new Set(stored)
  return accepted.filter((id) => !kept.has(id))
}

const idsInDatabase = async (): Promise<string[]> =>
  (await database.ask<{ event_id: string }>('select event_id from event order by event_id')).map((row) => row.event_id)

const idsInFolder = (data: string): string[] => {
  const db = new Libsql(join(data, 'foghorn.db'), { readonly: true })
  const rows = db.prepare('select event_id from event order by event_id').all() as { event_id: string }[]
  db.close()
  return rows.map((row) => row.event_id)
}

const expectCountersRight = async (env: Record<string, string>): Promise<void> => {
  const { stdout } = await foghorn(['doctor', '--json'], env)
  const findings = JSON.parse(stdout) as { check: string; severity: string }[]
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(findings).toContainEqual(expect.objectContaining({ check: 'counters', severity: 'ok' }))
}

/** Uploads a build; gives what expects that its events are readable. */
const uploadProgram = async (): Promise<() => Promise<void>> => {
  const dist = buildProgram()
  const { outcomes } = JSON.parse((await foghorn(['sourcemaps', 'inject', dist, '--json'])).stdout)
  expect((await foghorn(['sourcemaps', 'upload', dist], service.env())).code).toBe(0)
  return async () => {
    const frames = await service.resolve(runProgram(dist), debugMeta(outcomes[0].debugId))
    expect(brief(frames).slice(0, 3)).toEqual(ORIGINAL_FRAMES)
  }
}

/** The issue that an event of a new fault makes. */
const newIssue = async (type: string): Promise<number> => {
  const id = await service.send([], { exception: { values: [{ type, value: 'failed' }] }, user: { id: type } })
  await expect.poll(async () => (await service.read(id)).status, PATIENCE).toBe(200)
  const { groupID } = (await (await service.read(id)).json()) as { groupID: string }
  return Number(groupID)
}

/** The settings of a service that works with the database. */
const there = () => ({ FOGHORN_DATABASE_URL: database.url })

test(
  'moved to PostgreSQL under traffic and cut off on the way, every event that was acknowledged is there, once',
  async () => {
    const resolves = await uploadProgram()
    const traffic = startTraffic()
    await traffic.more(EVENTS)

    const out = ['--to', database.url, '--data', service.data]
    for (const table of CUT_AT) await cutOff(table, out)
    if (IS_LONG) await cutOffWaiting(out)
    await traffic.more(EVENTS / 3)
    const finished = startMigrating(...out)
    await finished.says('All is there')
    await traffic.more(EVENTS / 3)
    await service.stop()
    await traffic.stop()
    await finished.moved()

    await service.startOver(service.data, there())
    // What the folder's inbox holds still is digested first.
    await resolves()
    await expect.poll(async () => missing(traffic.accepted, await idsInDatabase()), PATIENCE).toEqual([])
    const stored = await idsInDatabase()
    expect(new Set(stored).size).toBe(stored.length)
  },
  TIMEOUT_MS,
)

test.runIf(IS_LONG)(
  'moved back, all of it is there, and no number is given twice',
  async () => {
    const resolves = await uploadProgram()
    const gone = await newIssue('GoneError')
    const inDatabase = { ...there(), FOGHORN_DATA: service.data }
    const { stdout } = await foghorn(['erase', '--org', 'acme', '--user', 'GoneError', '--json'], inDatabase)
    expect(JSON.parse(stdout)).toMatchObject({ erased: { issues: 1 } })
    await expectCountersRight(inDatabase)
    await service.stop()

    const folder = temporaryFolder()
    const { files } = await startMigrating('--from', database.url, '--data', folder).moved()
    expect(files).toBeGreaterThan(0)
    expect(idsInFolder(folder)).toEqual(await idsInDatabase())
    await service.startOver(folder)
    await resolves()
    expect(await newIssue('NewError')).toBeGreaterThan(gone)
    await expectCountersRight({ FOGHORN_DATA: folder })
  },
  TIMEOUT_MS,
)
