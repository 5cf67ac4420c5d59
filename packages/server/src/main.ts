// The composition root: configuration in, adapters chosen, listening.
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Server } from 'node:http'
import { serve as listen } from '@hono/node-server'
import type { AddressInfo } from 'node:net'
import { createLogIn } from './accounts/log-in.ts'
import { chooseSignOn } from './accounts/choose-sign-on.ts'
import { createLink } from './accounts/one-time-link.ts'
import { checkBucket } from './adapters/s3/check-bucket.ts'
import { lockFolder } from './adapters/sqlite/folder-lock.ts'
import { smtpMailer } from './adapters/smtp/mailer.ts'
import { createDeliver } from './alerts/deliver.ts'
import { keepLooking } from './alerts/keep-looking.ts'
import { keepSending } from './alerts/keep-sending.ts'
import type { LookDeps } from './alerts/look.ts'
import { createSender } from './alerts/send.ts'
import { suspectCommitOf } from './alerts/suspect-commit.ts'
import { createApp } from './app.ts'
import { bucketOf } from './choose-blobs.ts'
import { postgresOf } from './choose-database.ts'
import { natsOf } from './choose-inbox.ts'
import { ConfigError, limitsOf, type Config } from './config.ts'
import { ExtensionError, openExtensions, type Extensions } from './extensions/extensions.ts'
import { freeBytesOf } from './ingest/backpressure.ts'
import { createTurnedAwayCounter } from './ingest/turned-away.ts'
import { examineStart } from './doctor/doctor.ts'
import { createLog, type Logger } from './log.ts'
import { createLive } from './live/live.ts'
import { createMetrics } from './metrics/metrics.ts'
import { reachesListed } from './outbound/listed-networks.ts'
import { readAssets, type Asset } from './pages/assets.ts'
import { unsubscribeUrl } from './pages/unsubscribe.ts'
import { rememberUrl } from './public-url.ts'
import { startDigesting, usageOf, type Digesting } from './start-digesting.ts'
import { openStores, type Stores } from './stores.ts'
import { createTicketing } from './tickets/ticketing.ts'

export interface Service {
  /** Where people and browsers reach it. */
  url: string
  /** The address of the page that makes the first account; absent once there is one. */
  setupUrl?: string
  /** Takes no more requests, finishes what it has begun, closes the stores. */
  close(): Promise<void>
}

const assetsOf = (packageName: string): ReadonlyMap<string, Asset> => {
  const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`)
  return readAssets(join(dirname(manifest), 'dist'))
}

const createSetupUrl = async (stores: Stores, url: string): Promise<string | undefined> => {
  if ((await stores.accounts.count()) > 0) return undefined
  const secret = await createLink(stores.accounts, { purpose: 'setup', accountId: null }, Date.now())
  return `${url}/setup?token=${secret}`
}

const portTaken = ({ host, port }: Config): string =>
  `Port ${port} of ${host} is taken. Stop what listens there, or choose another port with --port or FOGHORN_PORT.`

const startListening = (fetch: Parameters<typeof listen>[0]['fetch'], config: Config): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = listen({ fetch, port: config.port, hostname: config.host }, () => resolve(server)) as Server
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new ConfigError(portTaken(config)) : error),
    )
  })

const portOf = (server: Server): number => (server.address() as AddressInfo).port

const hostInUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host)

interface Opened {
  lock: { release(): void }
  stores: Stores
}

const CLOSING_GRACE_MS = 3000

/** Lets requests under way finish. Browsers keep connections open on which nothing was ever asked: those end with the grace. */
const stopListening = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), CLOSING_GRACE_MS)
    server.close(() => {
      clearTimeout(force)
      resolve()
    })
    server.closeIdleConnections()
  })

const closeStores = async ({ thread, inbox, deadLetters, stores, lock }: Opened & Digesting): Promise<void> => {
  await deadLetters.close()
  await inbox.close()
  await thread.stop()
  await stores.close()
  lock.release()
}

const reportFindings = async (log: Logger, config: Config): Promise<void> => {
  for (const { check, severity, finding, advice } of await examineStart(config))
    if (severity !== 'ok') log[severity === 'error' ? 'error' : 'warn']({ check, advice }, finding)
}

const takeFolder = (data: string): { release(): void } => {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const lock = lockFolder(data)
  if (lock) return lock
  throw new ConfigError(
    `Another service runs on ${data}. Stop it, or choose another folder with --data or FOGHORN_DATA.`,
  )
}

const openOwnExtensions = async ({ extensions, alertNetworks: networks }: Config): Promise<Extensions> => {
  try {
    return await openExtensions(extensions, { networks })
  } catch (error) {
    throw error instanceof ExtensionError ? new ConfigError(`FOGHORN_EXTENSIONS: ${error.message}`) : error
  }
}

interface Own {
  extensions: Extensions
  stores: Stores
}

const openOwn = async (config: Config, lock: { release(): void }): Promise<Own> => {
  const { data, artifactMegabytes, secretKey } = config
  const bucket = bucketOf(config)
  try {
    const extensions = await openOwnExtensions(config)
    if (bucket) await checkBucket(bucket)
    const stores = await openStores(data, {
      artifactBytes: artifactMegabytes * 1e6,
      postgres: postgresOf(config),
      bucket,
      nats: natsOf(config),
      secretKey,
    })
    return { extensions, stores }
  } catch (error) {
    lock.release()
    throw error
  }
}

interface AlertingDeps extends Own {
  publicUrl: () => string
}

interface Watched extends Pick<LookDeps, 'inbox' | 'deadLetters'> {
  onFailure: (error: unknown) => void
}

/** How people are told, and how tickets are kept elsewhere; nothing is sent before it is started. */
const createAlerting = (config: Config, { stores, publicUrl, extensions }: AlertingDeps) => {
  const { smtpUrl, mailFrom } = config
  const mailer = smtpUrl === undefined ? undefined : smtpMailer({ url: smtpUrl, from: mailFrom! })
  const shared = {
    ...stores,
    extensions,
    suspectCommitOf: (issueId: number) => suspectCommitOf(issueId, stores),
    reaches: reachesListed(config.alertNetworks),
    publicUrl,
    now: Date.now,
  }
  const deliver = createDeliver({ ...shared, mailer, unsubscribeUrl: unsubscribeUrl(stores.vault, publicUrl) })
  const ticketing = createTicketing(shared)
  const start = ({ onFailure, ...watched }: Watched) => {
    const stopLooking = keepLooking({ ...stores, ...watched, now: Date.now }, onFailure)
    const stop = keepSending(createSender({ ...shared, deliver }), onFailure)
    const stopTicketing = ticketing.start(onFailure)
    return async (): Promise<void> => {
      await Promise.all([stopLooking(), stop(), stopTicketing()])
      mailer?.close()
      await extensions.close()
    }
  }
  return { deliver, openSystem: ticketing.openSystem, start }
}

/** How soon whoever has a page open sees what changed. */
const LOOK_EVERY_MS = 1000

/** Starts the service. Rejects when the address is taken or the data folder cannot be used. */
export const serve = async (config: Config): Promise<Service> => {
  const log = createLog(config.logFormat)
  const lock = takeFolder(config.data)
  const { stores, extensions } = await openOwn(config, lock)
  await reportFindings(log, config)
  const onFailure = (error: unknown): void => log.error({ err: error }, 'request failed')
  const digesting = await startDigesting(config, log).catch(async (error: unknown) => {
    await stores.close()
    lock.release()
    throw error
  })
  const { inbox, deadLetters } = digesting
  const turnedAway = createTurnedAwayCounter(inbox, Date.now)
  const publicUrl = (): string => url
  const alerting = createAlerting(config, { stores, publicUrl, extensions })
  const live = createLive(stores.issueChanges, { everyMs: LOOK_EVERY_MS, onFailure })
  let url = ''
  const app = createApp({
    ...stores,
    inbox,
    deadLetters,
    turnedAway,
    live,
    deliver: alerting.deliver,
    openSystem: alerting.openSystem,
    extensions,
    freeBytes: () => freeBytesOf(config.data),
    logIn: createLogIn(stores.accounts, Date.now),
    signOn: chooseSignOn(config, stores, { onFailure, now: Date.now }),
    dashboard: assetsOf('@foghorn/dashboard'),
    sdk: assetsOf('@foghorn/browser'),
    widget: assetsOf('@foghorn/feedback'),
    limits: limitsOf(config),
    metrics: createMetrics({ outcomes: stores.outcomes, ...usageOf(config, digesting), now: Date.now }),
    metricsToken: config.metricsToken,
    publicUrl,
    now: Date.now,
    onFailure,
    checkStores: stores.check,
  })
  const server = await startListening(app.fetch, config).catch(async (error: unknown) => {
    await closeStores({ ...digesting, stores, lock })
    throw error
  })
  url = config.publicUrl ?? `http://${hostInUrl(config.host)}:${portOf(server)}`
  await rememberUrl(stores.settings, url)
  const stopAlerting = alerting.start({ inbox, deadLetters, onFailure })
  const setupUrl = await createSetupUrl(stores, url)
  return {
    url,
    ...(setupUrl === undefined ? {} : { setupUrl }),
    close: async () => {
      live.close()
      await stopAlerting()
      await stopListening(server)
      await turnedAway.flush()
      await closeStores({ ...digesting, stores, lock })
    },
  }
}
