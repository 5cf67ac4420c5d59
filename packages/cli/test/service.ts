// The real service, started by the command line as its users do.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { MinifiedFrame } from './program.ts'
import { sharedFolder } from './shared-folder.ts'

export const BIN = fileURLToPath(new URL('../bin/foghorn.js', import.meta.url))

export interface Run {
  code: number
  stdout: string
  stderr: string
}

type Environment = Record<string, string>

/** Runs a program to its end, with nothing of this process's settings. */
export const run = (file: string, args: string[], env: Environment = {}, cwd?: string): Promise<Run> =>
  new Promise((resolve) => {
    const { PATH = '', HOME = '' } = process.env
    const options = {
      env: { PATH, HOME, ...env },
      encoding: 'utf8' as const,
      timeout: 120_000,
      ...(cwd ? { cwd } : {}),
    }
    execFile(file, args, options, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr }),
    )
  })

export const foghorn = (args: string[], env: Environment = {}, cwd?: string): Promise<Run> =>
  run(process.execPath, [BIN, ...args], env, cwd)

const untilListening = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The service ended with code ${code}.`)))
    createInterface({ input: child.stderr! }).on('line', (line) => {
      const url = /^Foghorn is at (\S+)$/.exec(line)?.[1]
      if (url) resolve(url)
    })
  })

/** Where it listens, and how it is reached where that is not the same. Default: any free port. */
export interface Listening {
  port: number
  publicUrl?: string
}

const start = (data: string, { port, publicUrl }: Listening, env: Environment = {}): ChildProcess =>
  spawn(BIN, ['serve', '--port', String(port), '--data', data], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env, ...(publicUrl === undefined ? {} : { FOGHORN_PUBLIC_URL: publicUrl }) },
  })

const stop = (child: ChildProcess, signal: NodeJS.Signals): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill(signal)
  })

interface FrameJson {
  filename: string
  function: string | null
  lineNo: number
  resolution: { status: string; by?: string }
}

interface Keys {
  project: { id: string; publicKey: string; dsn: string }
  token: string
}

/** The project acme/shop in a data folder, and a token for it. */
const setUp = async (data: string): Promise<Keys> => {
  const at = { FOGHORN_DATA: data }
  const project = JSON.parse((await foghorn(['project', 'create', 'acme/shop', '--json'], at)).stdout)
  const { token } = JSON.parse((await foghorn(['token', 'create', '--org', 'acme', '--json'], at)).stdout)
  return { project, token }
}

/** The DSN names the address that was known when it was made. */
const atAddress = (url: string, { project, token }: Keys): Keys => {
  const dsn = new URL(project.dsn)
  dsn.host = new URL(url).host
  return { project: { ...project, dsn: String(dsn) }, token }
}

/** The commands of that take longer than many tests: whoever needs them first in a run leaves what they made to the others. */
const setUpOnce = async (): Promise<string> => {
  const kept = join(sharedFolder(), 'set-up')
  if (existsSync(kept)) return kept
  const made = mkdtempSync(`${kept}-`)
  writeFileSync(join(made, 'keys.json'), JSON.stringify(await setUp(join(made, 'data'))))
  try {
    renameSync(made, kept)
    return kept
  } catch {
    // Another that began at the same time was faster.
    return made
  }
}

/** A new data folder that is set up. */
const newFolder = async () => {
  const kept = await setUpOnce()
  const data = mkdtempSync(join(tmpdir(), 'foghorn-cli-data-'))
  cpSync(join(kept, 'data'), data, { recursive: true })
  return { data, keys: JSON.parse(readFileSync(join(kept, 'keys.json'), 'utf8')) as Keys }
}

/** A service with the project acme/shop and a token for it; without a folder it gets a new one. */
export const startService = async (given?: string, listening: Listening = { port: 0 }) => {
  const { data, keys } = given === undefined ? await newFolder() : { data: given, keys: undefined }
  let child = start(data, listening)
  let url = await untilListening(child)
  const { project, token } = atAddress(url, keys ?? (await setUp(data)))

  const send = async (frames: MinifiedFrame[], fields: object = {}): Promise<string> => {
    const event_id = randomBytes(16).toString('hex')
    const stacktrace = {
      frames: frames.map((frame) => ({ filename: 'https://shop.test/static/app.js', ...frame })).toReversed(),
    }
    const event = {
      event_id,
      platform: 'javascript',
      exception: { values: [{ type: 'TypeError', stacktrace }] },
      ...fields,
    }
    const body = [JSON.stringify({ event_id }), '{"type":"event"}', JSON.stringify(event)].join('\n')
    const response = await fetch(`${url}/api/${project.id}/envelope/?sentry_key=${project.publicKey}`, {
      method: 'POST',
      body,
    })
    expect(response.status).toBe(200)
    return event_id
  }
  const read = (id: string): Promise<Response> =>
    fetch(`${url}/api/0/projects/acme/shop/events/${id}/`, { headers: { authorization: `Bearer ${token}` } })
  /** An event's release and its frames, innermost first, as soon as the service has it. */
  const event = async (id: string): Promise<{ release: string | undefined; frames: FrameJson[] }> => {
    await expect.poll(async () => (await read(id)).status).toBe(200)
    const { entries, release } = (await (await read(id)).json()) as any
    const { stacktrace } = entries.find((entry: any) => entry.type === 'exception').data.values[0]
    return { release: release?.version, frames: stacktrace.frames.toReversed() }
  }

  return {
    data,
    pid: () => child.pid!,
    project,
    token,
    send,
    read,
    url: () => url,
    /** Settings for uploaders, ours and Sentry's. */
    env: (prefix: 'FOGHORN' | 'SENTRY' = 'FOGHORN'): Environment => ({
      [`${prefix}_URL`]: url,
      [`${prefix}_AUTH_TOKEN`]: token,
      [`${prefix}_ORG`]: 'acme',
      [`${prefix}_PROJECT`]: 'shop',
    }),
    /** Sends an error with these minified frames, and reads the frames that the service makes of them, innermost first. */
    resolve: async (frames: MinifiedFrame[], fields: object = {}): Promise<FrameJson[]> =>
      (await event(await send(frames, fields))).frames,
    event,
    /** Kills the service without warning and starts it again; its address changes. */
    crash: async () => {
      await stop(child, 'SIGKILL')
      child = start(data, listening)
      url = await untilListening(child)
    },
    /** Lets it finish what it has begun. */
    stop: () => stop(child, 'SIGTERM'),
    /** Starts it over a store that holds the same, once it is stopped; its address changes. */
    startOver: async (folder: string, env?: Environment) => {
      child = start(folder, listening, env)
      url = await untilListening(child)
    },
    close: async () => {
      await stop(child, 'SIGTERM')
      rmSync(data, { recursive: true, force: true })
    },
  }
}

export type Service = Awaited<ReturnType<typeof startService>>

/** File, function and line of the frames that were resolved. */
export const brief = (frames: FrameJson[]): unknown[] =>
  frames
    .filter(({ resolution }) => resolution.status === 'resolved')
    .map(({ filename, function: name, lineNo }) => [filename.split('/').at(-1), name, lineNo])

/** The event's list of debug IDs, for the script that frames name. */
export const debugMeta = (debugId: string) => ({
  debug_meta: { images: [{ type: 'sourcemap', code_file: 'https://shop.test/static/app.js', debug_id: debugId }] },
})
