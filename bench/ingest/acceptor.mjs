// The service's door alone, over its real stores: every answer means that the event is on disk. Nothing is digested.
import { sqliteInbox } from '../../packages/server/dist/adapters/sqlite/inbox.js'
import { ingestRoutes } from '../../packages/server/dist/api/ingest.js'
import { openAdmin, readConfig } from '../../packages/server/dist/index.js'
import { inboxFile } from '../../packages/server/dist/data-folder.js'
import { createTurnedAwayCounter } from '../../packages/server/dist/ingest/turned-away.js'
import { openStores } from '../../packages/server/dist/stores.js'
import { Hono, serve } from './hono.mjs'

const [data] = process.argv.slice(2)
const stores = await openStores(data)
const admin = await openAdmin(readConfig({ FOGHORN_DATA: data }))
const { id, publicKey } = await admin.createProject({ org: 'acme', slug: 'shop' })
await admin.close()

const inbox = sqliteInbox(inboxFile(data), () => undefined)
const deps = {
  ...stores,
  inbox,
  turnedAway: createTurnedAwayCounter(inbox, Date.now),
  freeBytes: async () => Infinity,
  now: Date.now,
  onFailure: (error) => console.error(error),
}
const app = new Hono().route('/api', ingestRoutes(deps))
const path = `/api/${id}/envelope/?sentry_version=7&sentry_key=${publicKey}`

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.send({ port, path }))
process.on('disconnect', () => process.exit())
