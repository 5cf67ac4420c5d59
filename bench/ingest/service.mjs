// The whole service, with a project and a token.
import { openAdmin, readConfig, serve } from '../../packages/server/dist/index.js'

const [data] = process.argv.slice(2)
const config = readConfig({ ...process.env, FOGHORN_DATA: data, FOGHORN_PORT: '0', FOGHORN_LOG_FORMAT: 'json' })

const admin = await openAdmin(config)
const { id, publicKey } = await admin.createProject({ org: 'acme', slug: 'shop' })
const { token } = await admin.createToken({ org: 'acme' })
await admin.close()

const service = await serve(config)
const path = `/api/${id}/envelope/?sentry_version=7&sentry_key=${publicKey}`
process.send({ port: Number(new URL(service.url).port), path, token })

process.on('SIGTERM', () => void service.close().then(() => process.exit()))
process.on('disconnect', () => process.exit())
