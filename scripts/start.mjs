// npm start: the service with its embedded store, and the playground built minified, its maps uploaded, served.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { build } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { main, root } from './run.mjs'

const CLI = join(root, 'packages', 'cli', 'bin', 'foghorn.js')
const PORT = Number(process.env.FOGHORN_PORT ?? 4300)
const PLAYGROUND_PORT = Number(process.env.FOGHORN_PLAYGROUND_PORT ?? 4400)
const ORG = 'demo'
const PROJECT = 'shop'

const env = { FOGHORN_LOG_FORMAT: 'pretty', ...process.env, FOGHORN_PORT: String(PORT) }

/** What a CLI command prints; its messages for people go to the terminal. */
const foghorn = async (args, extra = {}) => {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: root,
    env: { ...env, ...extra },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const chunks = []
  child.stdout.on('data', (chunk) => chunks.push(chunk))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`foghorn ${args.join(' ')} ended with code ${code}`)
  return Buffer.concat(chunks).toString()
}

const isUp = async (url) => {
  try {
    return (await fetch(`${url}/healthz`)).ok
  } catch {
    return false
  }
}

const startService = async () => {
  const service = spawn(CLI, ['serve'], { cwd: root, env, stdio: 'inherit' })
  const ended = once(service, 'exit').then(([code]) => {
    throw new Error(`The service ended with code ${code}. Is port ${PORT} taken? Choose another with FOGHORN_PORT.`)
  })
  const url = env.FOGHORN_PUBLIC_URL ?? `http://${env.FOGHORN_HOST ?? '127.0.0.1'}:${PORT}`
  const up = (async () => {
    while (!(await isUp(url))) await new Promise((resolve) => setTimeout(resolve, 50))
  })()
  await Promise.race([up, ended])
  ended.catch((error) => {
    if (isStopping) return
    console.error(error.message)
    process.exit(1)
  })
  return { url, service }
}

let isStopping = false

const stopWith = (service, playground) => {
  const stop = async () => {
    if (isStopping) return
    isStopping = true
    await playground.close()
    service.kill('SIGTERM')
    await once(service, 'exit')
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

await main(async () => {
  await ensureInstalled()
  await build()
  const { buildShop, servePlayground, SHOP_DIST, SHOP_RELEASE } = await import('./playground.mjs')
  const { url, service } = await startService()
  const project = JSON.parse(await foghorn(['project', 'create', `${ORG}/${PROJECT}`, '--json']))
  const { token } = JSON.parse(
    await foghorn(['token', 'create', '--org', ORG, '--scope', 'project:releases', '--json']),
  )
  const upload = { FOGHORN_URL: url, FOGHORN_AUTH_TOKEN: token, FOGHORN_ORG: ORG, FOGHORN_PROJECT: PROJECT }
  await buildShop()
  process.stdout.write(await foghorn(['sourcemaps', 'inject', SHOP_DIST]))
  process.stdout.write(await foghorn(['sourcemaps', 'upload', SHOP_DIST, '--release', SHOP_RELEASE], upload))
  const playground = await servePlayground({
    port: PLAYGROUND_PORT,
    service: url,
    dsn: project.dsn,
    publicKey: project.publicKey,
    release: SHOP_RELEASE,
  })
  stopWith(service, playground)
  console.log(`
  Dashboard   ${url}          (the first account: open the setup link printed above)
  Playground  ${playground.url}          a minified shop with things that break
              ${playground.url}/plain/   a plain page with the script tag
  DSN         ${project.dsn}
  Help        ${url}/docs/

  Break something in the playground: each new issue is one line here. Stop with Ctrl-C.
`)
})
