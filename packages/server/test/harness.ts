import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chooseSignOn } from '../src/accounts/choose-sign-on.ts'
import { createLogIn } from '../src/accounts/log-in.ts'
import { createLink } from '../src/accounts/one-time-link.ts'
import { hashSecret, newSecret } from '../src/accounts/secret.ts'
import { SCOPES } from '../src/accounts/scopes.ts'
import { sqliteDeadLetters } from '../src/adapters/sqlite/dead-letters.ts'
import { sqliteInbox, sqliteInboxReader } from '../src/adapters/sqlite/inbox.ts'
import { createDeliver } from '../src/alerts/deliver.ts'
import { look } from '../src/alerts/look.ts'
import { createSender } from '../src/alerts/send.ts'
import { suspectCommitOf } from '../src/alerts/suspect-commit.ts'
import { createApp } from '../src/app.ts'
import type { CachedBucket } from '../src/choose-blobs.ts'
import { readConfig } from '../src/config.ts'
import { extendingEvents } from '../src/extensions/extend-event.ts'
import { openExtensions } from '../src/extensions/extensions.ts'
import { maskingTexts } from '../src/extensions/mask-texts.ts'
import type { LeanEvent } from '../src/event.ts'
import { drain } from '../src/ingest/drain.ts'
import { createProjectRules } from '../src/ingest/project-rules.ts'
import { createSpikes, ISSUE_SPIKE_FLOOR } from '../src/ingest/spikes.ts'
import { createTurnedAwayCounter } from '../src/ingest/turned-away.ts'
import { notifying } from '../src/ingest/notify.ts'
import type { FindMap } from '../src/ports/find-map.ts'
import { createLive } from '../src/live/live.ts'
import { folderUsage } from '../src/metrics/folder-usage.ts'
import { createMetrics } from '../src/metrics/metrics.ts'
import type { Asset } from '../src/pages/assets.ts'
import type { Role } from '../src/ports/accounts.ts'
import { inboxFile } from '../src/data-folder.ts'
import { reachesListed } from '../src/outbound/listed-networks.ts'
import { unsubscribeUrl } from '../src/pages/unsubscribe.ts'
import type { Mailer } from '../src/ports/mailer.ts'
import { openStores } from '../src/stores.ts'
import { copyEmptyStore } from './empty-store.ts'
import { createEmptyStore, dropStore, storeOptions } from './main-store.ts'
import { NOON } from './noon.ts'
import { createClerk } from '../src/tickets/clerk.ts'
import { createOpenSystem } from '../src/tickets/open-system.ts'

export { NOON }
export const ORIGIN = 'http://foghorn.test'

export const METRICS_TOKEN = 'metrics-token-of-the-tests'

export const asset = (text: string, type = 'text/javascript; charset=utf-8'): Asset => ({
  body: Buffer.from(text),
  type,
  etag: `"${text.length}"`,
})

/** A whole service in this process over real stores in a folder of its own; digest runs when the test says so. */
export const startService = async (
  options: {
    findMap?: FindMap
    parent?: string
    env?: Record<string, string>
    mailer?: Mailer
    networks?: string[]
    /** Modules that extend the service. */
    extensions?: string[]
    bucket?: CachedBucket
    /** In the data folder, wherever the run keeps its stores. */
    embedded?: boolean
  } = {},
) => {
  const data = mkdtempSync(join(options.parent ?? tmpdir(), 'foghorn-test-'))
  if (options.embedded) copyEmptyStore(data)
  else await createEmptyStore(data)
  const clock = { now: NOON, freeBytes: Infinity }
  const now = (): number => clock.now
  const stores = await openStores(data, { ...storeOptions(data), now, bucket: options.bucket })
  const inbox = sqliteInbox(inboxFile(data), () => undefined)
  const deadLetters = sqliteDeadLetters(inboxFile(data), () => undefined)
  const turnedAway = createTurnedAwayCounter(inbox, now)
  const reader = sqliteInboxReader(inboxFile(data))
  const told: { what: string; event: LeanEvent; shortId: string }[] = []
  const failures: { error: unknown; buried: boolean }[] = []
  const onFailure = (error: unknown): void => void failures.push({ error, buried: false })
  const live = createLive(stores.issueChanges, { everyMs: 2, onFailure })
  const extensions = await openExtensions(options.extensions ?? [], { networks: options.networks ?? [] })
  const deliver = createDeliver({
    extensions,
    mailer: options.mailer,
    unsubscribeUrl: unsubscribeUrl(stores.vault, () => ORIGIN),
    publicUrl: () => ORIGIN,
    reaches: reachesListed(options.networks ?? []),
    now,
  })
  const sender = createSender({
    ...stores,
    deliver,
    suspectCommitOf: (issueId) => suspectCommitOf(issueId, stores),
    publicUrl: () => ORIGIN,
    now,
  })
  const openSystem = createOpenSystem({ extensions, reaches: reachesListed(options.networks ?? []), now })
  const newClerk = () =>
    createClerk({
      ...stores,
      openSystem,
      suspectCommitOf: (issueId) => suspectCommitOf(issueId, stores),
      publicUrl: () => ORIGIN,
      now,
    })
  const clerk = newClerk()
  const health = {
    metrics: createMetrics({ outcomes: stores.outcomes, ...folderUsage(data), now }),
    metricsToken: METRICS_TOKEN,
    onFailure,
    checkStores: stores.check,
  }
  const freeBytes = async () => clock.freeBytes
  const deps = {
    ...stores,
    deliver,
    openSystem,
    extensions,
    live,
    inbox,
    logIn: createLogIn(stores.accounts, now),
    signOn: chooseSignOn(readConfig(options.env ?? {}), stores, { onFailure, now }),
    dashboard: new Map([
      ['/index.html', asset('<!doctype html>', 'text/html; charset=utf-8')],
      ['/assets/app-1.js', asset('app()')],
    ]),
    docs: new Map([
      ['/index.html', asset('<h1>Foghorn</h1>', 'text/html; charset=utf-8')],
      ['/alerts/index.html', asset('<h1>Alerts</h1>', 'text/html; charset=utf-8')],
      ['/404.html', asset('<h1>There is no such page</h1>', 'text/html; charset=utf-8')],
      ['/assets/site.js', asset('search()')],
    ]),
    sdk: new Map([
      ['/foghorn.min.js', asset('var Foghorn={init(){}}')],
      ['/foghorn.debug.js', asset('var Foghorn={init(){console.info()}}')],
      ['/foghorn.vitals.min.js', asset('Foghorn.vitals={}')],
      ['/loader.min.js', asset('Foghorn={q:[]}')],
    ]),
    widget: new Map([
      ['/report-dialog.min.js', asset('var FoghornReportDialog={open(){}}')],
      ['/foghorn.feedback.min.js', asset('Foghorn.feedback={}')],
    ]),
    limits: { days: 90, events: 1_000_000, megabytes: 10_000 },
    deadLetters,
    publicUrl: () => ORIGIN,
    now,
    onFailure,
  }
  const app = createApp({ health, web: deps, ingest: { ...deps, turnedAway, freeBytes } })
  const drainDeps = {
    inbox: reader,
    findMap: options.findMap ?? stores.findMap,
    rulesOf: createProjectRules(stores, now),
    extend: extendingEvents(extensions.hosts, (reason) => onFailure(new Error(reason))),
    mask: maskingTexts(extensions.hosts, (reason) => onFailure(new Error(reason))),
    events: stores.events,
    noteUse: stores.mapUse.note,
    feedback: stores.feedback,
    spikes: createSpikes(ISSUE_SPIKE_FLOOR, now),
    notify: notifying({
      issueAppeared: (event, shortId) => told.push({ what: 'new', event, shortId }),
      issueRegressed: (event, shortId) => told.push({ what: 'regressed', event, shortId }),
    }),
    now,
    onFailure: (_item: unknown, error: unknown, buried: boolean) => failures.push({ error, buried }),
  }

  const organization = await stores.projects.ensureOrganization('acme', 'Acme')
  const project = (await stores.projects.create({ organizationId: organization.id, slug: 'shop', name: 'Shop' }))!
  const [key] = await stores.projects.keys(project.id)

  const createToken = async (org: string, scopes: readonly string[] = SCOPES): Promise<string> => {
    const token = newSecret('fgh_')
    const { id } = await stores.projects.ensureOrganization(org)
    await stores.accounts.addToken({
      secretHash: hashSecret(token),
      organizationId: id,
      name: 'test',
      scopes: [...scopes],
    })
    return token
  }
  const token = await createToken('acme')

  /** Headers of somebody who is logged in, as their browser sends them from a page of the service. */
  const logInAs = async (email: string, role: Role, org = 'acme'): Promise<Record<string, string>> => {
    const { accounts, projects } = stores
    const account = (await accounts.create({ email, name: email, passwordHash: 'none' }))!
    await accounts.join(account.id, (await projects.ensureOrganization(org)).id, role)
    const secret = await createLogIn(accounts, now).open(account.id)
    return { cookie: `foghorn_session=${secret}`, origin: ORIGIN, host: new URL(ORIGIN).host }
  }

  const request = (path: string, init: RequestInit = {}): Promise<Response> =>
    Promise.resolve(app.request(`${ORIGIN}${path}`, init))
  const envelopePath = `/api/${project.id}/envelope/?sentry_version=7&sentry_key=${key!.publicKey}`

  return {
    data,
    clock,
    live,
    stores,
    app,
    project,
    publicKey: key!.publicKey,
    token,
    told,
    failures,
    envelopePath,
    request,
    createToken,
    logInAs,
    setupLink: () => createLink(stores.accounts, { purpose: 'setup', accountId: null }, now()),
    post: (path: string, body: NonNullable<RequestInit['body']>, headers: Record<string, string> = {}) =>
      request(path, { method: 'POST', body, headers }),
    read: (path: string, bearer = token) => request(path, { headers: { authorization: `Bearer ${bearer}` } }),
    /** Digests until the inbox has nothing that is due. */
    digest: async () => {
      while (await drain(drainDeps));
    },
    drainDeps,
    /** Tells what is due. */
    send: sender.send,
    stopSending: sender.stop,
    /** Does what is due in ticket systems. */
    workOnTickets: clerk.send,
    /** Another one over the same stores, as after a restart. */
    newClerk,
    /** Looks at what no event tells of. */
    look: () => look({ ...stores, inbox, deadLetters, now }),
    turnedAway,
    close: async () => {
      live.close()
      await extensions.close()
      await deadLetters.close()
      await inbox.close()
      await reader.close()
      await stores.close()
      await dropStore(data)
      rmSync(data, { recursive: true, force: true })
    },
  }
}

export type TestService = Awaited<ReturnType<typeof startService>>

let lastId = 0
export const newEventId = (): string => (lastId += 1).toString(16).padStart(32, '0')

export interface TestEvent {
  event_id?: string
  [field: string]: unknown
}

/** An envelope of one event, as an SDK writes it. */
export const envelope = (event: TestEvent, headers: Record<string, unknown> = {}): string =>
  [JSON.stringify({ event_id: event.event_id, ...headers }), '{"type":"event"}', JSON.stringify(event)].join('\n')

/** An uncaught error with one frame in a minified script. */
export const errorEvent = (fields: TestEvent = {}): TestEvent & { event_id: string } => ({
  event_id: newEventId(),
  timestamp: NOON / 1000,
  platform: 'javascript',
  exception: {
    values: [
      {
        type: 'TypeError',
        value: "Cannot read properties of undefined (reading 'price')",
        mechanism: { type: 'onerror', handled: false },
        stacktrace: {
          frames: [{ filename: 'https://shop.test/assets/app.js', function: 'n', lineno: 1, colno: 20, in_app: true }],
        },
      },
    ],
  },
  ...fields,
})
