// The composition root: configuration in, adapters chosen, listening. Each role of the process has its file in `roles`.
import { createApp } from './app.ts'
import { createClosers } from './closers.ts'
import type { Config } from './config.ts'
import { examineStart } from './doctor/doctor.ts'
import { createLog, type Logger } from './log.ts'
import { rememberUrl } from './public-url.ts'
import { checkRoles, isFolderStore } from './roles/check-roles.ts'
import { takeFolder } from './roles/folder.ts'
import { openHealth } from './roles/health.ts'
import { openIngest } from './roles/ingest.ts'
import { addressOf, startListening, stopListening } from './roles/listen.ts'
import type { Process } from './roles/process.ts'
import { openScheduler } from './roles/scheduler.ts'
import { shareParts, type Shared } from './roles/shared.ts'
import { createSetupUrl, openWeb } from './roles/web.ts'

export interface Service {
  /** Where people and browsers reach it. */
  url: string
  /** The address of the page that makes the first account; absent once there is one. */
  setupUrl?: string
  /** Takes no more requests, finishes what it has begun, closes the stores. */
  close(): Promise<void>
}

const reportFindings = async (log: Logger, config: Config): Promise<void> => {
  for (const { check, severity, finding, advice } of await examineStart(config))
    if (severity !== 'ok') log[severity === 'error' ? 'error' : 'warn']({ check, advice }, finding)
}

/** Where the service is reached; people are told by the process that answers them. */
const introduce = async ({ does, publicUrl }: Process, shared: Shared): Promise<Pick<Service, 'url' | 'setupUrl'>> => {
  const url = publicUrl()
  if (!does('web')) return { url }
  const { stores } = await shared.office()
  await rememberUrl(stores.settings, url)
  const setupUrl = await createSetupUrl(stores, url)
  return { url, ...(setupUrl !== undefined && { setupUrl }) }
}

/** Opens what the roles need, in the order in which it must not be closed, and listens. */
const start = async (process: Process, reached: { url: string }): Promise<Pick<Service, 'url' | 'setupUrl'>> => {
  const { config, log, opened, does } = process
  checkRoles(config)
  opened.add(takeFolder(config.data, { isStore: isFolderStore(config) }))
  const shared = shareParts(process)
  const scheduler = does('scheduler') ? await openScheduler(process, shared) : undefined
  if (does('worker')) shared.thread()
  const ingest = does('ingest') ? await openIngest(process, shared) : undefined
  const web = does('web') ? await openWeb(process, shared) : undefined
  await reportFindings(log, config)
  const health = await openHealth(process, shared, scheduler?.isLeading)
  const server = await startListening(createApp({ health, ingest, web }).fetch, config)
  opened.add(() => stopListening(server))
  if (web) opened.add(web.live.close)
  reached.url = config.publicUrl ?? addressOf(server, config)
  scheduler?.start()
  return introduce(process, shared)
}

/** Starts the service. Rejects when the address is taken or the data folder cannot be used. */
export const serve = async (config: Config): Promise<Service> => {
  const log = createLog(config.logFormat)
  const onFailure = (error: unknown): void => log.error({ err: error }, 'request failed')
  const opened = createClosers((error) => log.error({ err: error }, 'something could not be closed'))
  const reached = { url: '' }
  const does: Process['does'] = (...roles) => roles.some((role) => config.role.includes(role))
  const process: Process = { config, log, opened, onFailure, publicUrl: () => reached.url, does }
  try {
    const introduction = await start(process, reached)
    return { ...introduction, close: opened.close }
  } catch (error) {
    await opened.close()
    throw error
  }
}
