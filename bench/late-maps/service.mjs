import { execFile, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const foghorn = fileURLToPath(import.meta.resolve('../../packages/cli/bin/foghorn.js'))

/** The service over a data folder, as it is started by people; and what the benchmarks ask of it. */
export const createService = ({ data, port }) => {
  const url = `http://127.0.0.1:${port}`

  const run = async (...args) =>
    (await promisify(execFile)(foghorn, args, { env: { ...process.env, FOGHORN_DATA: data } })).stdout

  const start = async () => {
    const service = spawn(foghorn, ['serve', '--port', String(port), '--data', data], { stdio: 'ignore' })
    for (;;) {
      const isUp = await fetch(`${url}/healthz`).then(
        (response) => response.ok,
        () => false,
      )
      if (isUp) return service
      await wait(50)
    }
  }

  const createProject = async () => {
    const { dsn } = JSON.parse(await run('project', 'create', 'acme/shop', '--json'))
    const { token } = JSON.parse(await run('token', 'create', '--org', 'acme', '--json'))
    const get = async (path) =>
      (await fetch(`${url}/api/0${path}`, { headers: { authorization: `Bearer ${token}` } })).json()
    // What is measured here is what it would drop.
    await fetch(`${url}/api/0/projects/acme/shop/ingest-settings/`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ spikeProtection: false }),
    })
    return { dsn, token, get }
  }

  /** Events of one envelope; a full inbox is waited for. */
  const send = async (dsn, events) => {
    const { username: key, pathname } = new URL(dsn)
    const lines = events.flatMap((event) => ['{"type":"event"}', JSON.stringify(event)])
    for (;;) {
      const response = await fetch(`${url}/api${pathname}/envelope/?sentry_key=${key}`, {
        method: 'POST',
        body: ['{}', ...lines].join('\n'),
      })
      if (response.ok) return
      await wait(500)
    }
  }

  return { url, run, start, createProject, send }
}

export const stop = (service, signal) =>
  new Promise((resolve) => {
    service.once('exit', resolve)
    service.kill(signal)
  })

export const residentMegabytes = ({ pid }) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024

let lastId = 0
export const newEventId = () => (lastId += 1).toString(16).padStart(32, '0')
