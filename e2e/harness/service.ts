import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { expect } from '@playwright/test'
import { type Environment, spawnFoghorn } from './foghorn.ts'
import type { Machine } from './network.ts'

export interface Service {
  url: string
  /** The one-time link printed at the first start, by which the first account is made. */
  setupUrl(): string
  /** All that it has printed. */
  output(): string
  start(): Promise<void>
  /** kill -9: nothing gets a chance to finish. */
  kill(): Promise<void>
  /** SIGTERM: what was begun is finished. */
  stop(): Promise<void>
  /** SIGSTOP: it is there, and does nothing until it is resumed. */
  halt(): void
  resume(): void
}

/** Several processes that start together on a busy machine take their time. */
const READY_WITHIN_MS = 180_000

const isReady = async (url: string) => (await fetch(`${url}/healthz`).catch(() => undefined))?.ok ?? false

const end = async (running: ChildProcess | undefined, signal: 'SIGKILL' | 'SIGTERM') => {
  if (!running || running.exitCode !== null || running.signalCode !== null) return
  const exit = once(running, 'exit')
  running.kill(signal)
  await exit
}

// A worker that is stopped half-way must not leave services behind.
const left = new Set<ChildProcess>()
process.once('exit', () => left.forEach((running) => running.kill('SIGKILL')))

export interface ServiceWish {
  port: number
  data: string
  /** What `foghorn` is told. Default: to serve. */
  command?: string[]
  env?: Environment
  /** Default: this one, at its own address. */
  machine?: Machine
}

/** The real service in a process of its own, on a fixed port and data folder, so that it can go and come back. */
export const createService = ({ port, data, command = ['serve'], env = {}, machine }: ServiceWish): Service => {
  const url = `http://${machine?.address ?? '127.0.0.1'}:${port}`
  const place = { FOGHORN_PORT: String(port), FOGHORN_DATA: data, ...(machine && { FOGHORN_HOST: machine.address }) }
  let running: ChildProcess | undefined
  let output = ''
  const keep = (chunk: Buffer) => {
    output += chunk.toString()
  }
  const start = async () => {
    const started = spawnFoghorn(command, { ...env, ...place }, machine?.within)
    started.stdout.on('data', keep)
    started.stderr.on('data', keep)
    running = started
    left.add(started)
    started.once('exit', () => left.delete(started))
    const state = async () => (started.exitCode === null ? isReady(url) : `ended with ${started.exitCode}:\n${output}`)
    await expect.poll(state, { message: 'the service is ready', timeout: READY_WITHIN_MS }).not.toBe(false)
    expect(await state(), 'the service is ready').toBe(true)
  }
  const setupUrl = () => {
    const link = /https?:\/\/\S+\/setup\?token=[\w-]+/.exec(output)?.[0]
    if (!link) throw new Error(`The service printed no setup link:\n${output}`)
    return link
  }
  return {
    url,
    setupUrl,
    output: () => output,
    start,
    kill: () => end(running, 'SIGKILL'),
    stop: () => end(running, 'SIGTERM'),
    halt: () => void running?.kill('SIGSTOP'),
    resume: () => void running?.kill('SIGCONT'),
  }
}
