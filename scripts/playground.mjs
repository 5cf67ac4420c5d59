// Builds the playground's shop and serves it with the plain page: the demo of `npm start`, and what e2e drives.
import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, sep } from 'node:path'
import { whenStale } from './build.mjs'
import { npm, root } from './run.mjs'

const SHOP = join(root, 'playground', 'shop')
const PLAIN = join(root, 'playground', 'plain')

/** The folder of the built shop. */
export const SHOP_DIST = join(SHOP, 'dist')

/** The release that the shop reports as. */
export const SHOP_RELEASE = `shop@${JSON.parse(readFileSync(join(SHOP, 'package.json'), 'utf8')).version}`

const BODY_LIMIT = 64 * 1024

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

const PARTS = ['src', 'public', 'index.html', 'package.json', 'vite.config.ts']

/** A build for production unless told otherwise, also within a test runner, which sets NODE_ENV to its own. */
const buildFor = async (config, mode = 'production') => {
  const { build } = await import('vite')
  const { NODE_ENV } = process.env
  process.env.NODE_ENV = mode
  try {
    return await build({ ...config, mode, logLevel: 'warn' })
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = NODE_ENV
  }
}

/** Builds an app when its sources or our packages have changed since the last build. Gives the folder of the build. */
const buildApp = async (name, { sources = name, packages, mode = 'production' }) => {
  const folder = join(root, 'playground', name)
  const dist = mode === 'production' ? 'dist' : `${mode}/dist`
  const parts = new Set([sources, name].flatMap((app) => PARTS.map((part) => `playground/${app}/${part}`)))
  const bundle = {
    name: `playground/${name}/${mode}`,
    inputs: [...parts, ...packages, 'package-lock.json'],
    output: `playground/${name}/${dist}/index.html`,
  }
  // React's development build is known by the names of its functions.
  const outputs =
    mode === 'production' ? {} : { build: { outDir: join(folder, dist), emptyOutDir: true, minify: false } }
  const config = { root: join(root, 'playground', sources), configFile: join(folder, 'vite.config.ts'), ...outputs }
  await whenStale(bundle, () => buildFor(config, mode))
  return join(folder, dist)
}

/** One script from an entry file, for a test's page; minified unless it is for `development`. */
export const bundleForTest = async ({ root: folder, entry, plugins = [], alias = {}, mode = 'production' }) => {
  const rollupOptions = { input: join(folder, entry), output: { codeSplitting: false } }
  const config = {
    root: folder,
    configFile: false,
    plugins,
    resolve: { alias },
    build: { write: false, minify: mode === 'production', modulePreload: false, rollupOptions },
  }
  const { output } = await buildFor(config, mode)
  return output.find((part) => part.type === 'chunk').code
}

/** The shop, minified and with source maps. */
export const buildShop = () => buildApp('shop', { packages: ['packages/browser/dist/esm'] })

/** The app that fails in each way that React can, with React 18 or 19; for `production`, minified, or for `development`. */
export const buildReactApp = (version, mode) =>
  buildApp(`react-${version}`, {
    mode,
    sources: 'react-19',
    packages: ['packages/browser/dist/esm', 'packages/react/dist', 'packages/feedback/dist'],
  })

/** The SvelteKit app; its tools look for their settings in the working folder. */
export const buildSvelteKitApp = async () => {
  const folder = 'playground/sveltekit'
  const parts = ['src', 'package.json', 'svelte.config.js', 'vite.config.js'].map((part) => `${folder}/${part}`)
  const inputs = [...parts, 'packages/browser/dist/esm', 'packages/svelte/dist', 'package-lock.json']
  const env = { ...process.env, NODE_ENV: 'production' }
  await whenStale({ name: folder, inputs, output: `${folder}/dist/index.html` }, () =>
    npm(['run', 'build', '--silent', '-w', 'playground-sveltekit'], { env }),
  )
  return join(root, folder, 'dist')
}

const send = (response, status, { type = 'application/json', body }) => {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
  response.end(body)
}

const sendJson = (response, status, value) => send(response, status, { body: JSON.stringify(value) })

const sendMissing = (response) => send(response, 404, { type: 'text/plain', body: 'Not found\n' })

const fileIn = (folder, path) => {
  const file = join(folder, path.endsWith('/') ? `${path}index.html` : path)
  return file.startsWith(folder + sep) && existsSync(file) ? file : undefined
}

// Source maps stay private: the service has them, the public does not.
const sendFile = async (response, folder, path) => {
  const file = path.endsWith('.map') ? undefined : fileIn(folder, path)
  const type = file && TYPES[extname(file)]
  if (!type) return sendMissing(response)
  return send(response, 200, { type, body: await readFile(file) })
}

const readJson = async (request) => {
  const chunks = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > BODY_LIMIT) return undefined
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    return undefined
  }
}

const checkout = async (request, response) => {
  const order = await readJson(request)
  if (!Array.isArray(order?.lines)) return sendJson(response, 400, { error: 'An order has lines.' })
  if (order.lines.length === 0) return sendJson(response, 503, { error: 'The harbour office takes no empty orders.' })
  const receipt = { order: `LR-${1000 + order.lines.length}` }
  return sendJson(
    response,
    200,
    order.handover === 'delivery' ? { ...receipt, delivery: { day: 'Thursday' } } : receipt,
  )
}

const sendConfig = (response, { dsn, release }) =>
  send(response, 200, { type: TYPES['.js'], body: `window.__FOGHORN__=${JSON.stringify({ dsn, release })}\n` })

const sendPlainPage = async (response, { service, publicKey }) => {
  const page = await readFile(join(PLAIN, 'index.html'), 'utf8')
  send(response, 200, {
    type: TYPES['.html'],
    body: page.replace('{service}', () => service).replace('{publicKey}', () => publicKey),
  })
}

const answer = (request, response, settings) => {
  const path = new URL(request.url, 'http://playground').pathname
  if (path === '/foghorn-config.js') return sendConfig(response, settings)
  if (path === '/api/checkout' && request.method === 'POST') return checkout(request, response)
  if (path === '/plain/') return sendPlainPage(response, settings)
  return sendFile(response, settings.dist, path)
}

const listen = (server, port) =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })

const close = (server) =>
  new Promise((resolve) => {
    server.close(resolve)
    server.closeAllConnections()
  })

/**
 * Serves the built shop at `/` (or another folder given as `dist`), the plain page at `/plain/`, and the shop's little API.
 * Port 0 takes a free one.
 */
export const servePlayground = async ({ port, service, dsn, publicKey, release = SHOP_RELEASE, dist = SHOP_DIST }) => {
  const server = createServer((request, response) => {
    Promise.resolve()
      .then(() => answer(request, response, { service, dsn, publicKey, release, dist }))
      .catch(() => sendJson(response, 500, { error: 'The playground could not answer.' }))
  })
  await listen(server, port)
  const { port: taken } = server.address()
  return { url: `http://127.0.0.1:${taken}`, close: () => close(server) }
}
