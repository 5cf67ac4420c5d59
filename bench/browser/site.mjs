// Every host of the browser under test ends here: pages come from *.app.test, and what an SDK sends anywhere else is
// recorded and answered. Nothing reaches a network.
import { once } from 'node:events'
import { createServer } from 'node:https'
import { gunzipSync, inflateSync } from 'node:zlib'
import { generate } from 'selfsigned'
import { pageFile, serve } from './pages.mjs'

const PORTS = { first: 5700, last: 5799 }
const decoded = (body, encoding) => {
  if (body[0] === 0x1f && body[1] === 0x8b) return gunzipSync(body).toString()
  return encoding === 'deflate' ? inflateSync(body).toString() : body.toString()
}

const unescaped = (url) => {
  try {
    return decodeURIComponent(url)
  } catch {
    return url
  }
}

const bodyOf = async (request) => {
  const parts = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts)
}

/** Hosts that take another status or text for success. */
const ANSWERS = {
  // What our service says with each answer: several events may come in one envelope.
  'ingest.foghorn.test': { headers: { 'x-foghorn-batch': '100; gzip' } },
  'api.honeybadger.io': { status: 201, body: { id: '1' } },
  // Tells New Relic's agent to report errors and events.
  'bam.nr-data.net': {
    body: { err: 1, ins: 1, spa: 1, log: 1, sr: 0, stn: 0, app: { agents: [{ entityGuid: 'x' }], nrServerTime: 0 } },
  },
}

const answerOf = (host) => {
  const { status = 200, body = { err: 0, id: '1', result: { uuid: '1' } }, headers } = ANSWERS[host] ?? {}
  if (body.app) body.app.nrServerTime = Date.now()
  return { status, headers, body: JSON.stringify(body) }
}

const crossOrigin = ({ origin, 'access-control-request-headers': asked }) => ({
  'access-control-allow-origin': origin ?? '*',
  'access-control-allow-credentials': 'true',
  'access-control-allow-methods': 'GET, POST, PUT',
  'access-control-allow-headers': asked ?? '*',
  'access-control-expose-headers': 'retry-after, x-sentry-rate-limits, x-foghorn-batch',
  'cross-origin-resource-policy': 'cross-origin',
  'content-type': 'application/json',
})

/** The page that a request came from: the first label of its host. */
const visitOf = ({ origin, referer }) => {
  const from = origin ?? referer
  return from?.startsWith('https:') ? new URL(from).hostname.split('.')[0] : undefined
}

const REFUSALS = { 503: {}, 429: { 'retry-after': '3' } }

const createIntake = () => {
  const records = []
  const faults = new Map()
  const take = async (request, response) => {
    const { headers, method, url } = request
    const visit = visitOf(headers)
    const fault = faults.get(visit)
    const body = await bodyOf(request)
    if (fault === 'dead') return void request.socket.destroy()
    const cors = crossOrigin(headers)
    if (method === 'OPTIONS') return void response.writeHead(204, cors).end()
    if (fault) return void response.writeHead(fault, { ...cors, ...REFUSALS[fault] }).end('{}')
    const text = `${unescaped(url)}\n${decoded(body, headers['content-encoding'])}`
    records.push({ visit, host: headers.host, path: url, bytes: body.length || url.length, text, at: Date.now() })
    const answer = answerOf(headers.host)
    response.writeHead(answer.status, { ...cors, ...answer.headers }).end(answer.body)
  }
  return { records, faults, take }
}

// SharedArrayBuffer is not used; the isolation gives performance.now() its finer steps.
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'credentialless',
}

const listenOn = async (server) => {
  for (let port = PORTS.first; port <= PORTS.last; port += 1) {
    server.listen(port, '127.0.0.1')
    try {
      await once(server, 'listening')
      return port
    } catch (error) {
      if (error.code !== 'EADDRINUSE') throw error
    }
  }
  throw new Error(`No free port from ${PORTS.first} to ${PORTS.last}. Stop what listens there.`)
}

/** Starts the site. `scripts` maps an SDK's name to its bundle: a text, or texts by file name. */
export const startSite = async (scripts) => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'app.test' }], { keyType: 'ec' })
  const intake = createIntake()
  const server = createServer({ key, cert }, (request, response) => {
    const url = new URL(request.url, `https://${request.headers.host}`)
    if (url.hostname === 'cdn.test') return void response.end(pageFile('thrower.js'))
    if (!url.hostname.endsWith('.app.test')) return void intake.take(request, response).catch(() => response.destroy())
    const { status = 200, type, body, headers } = serve(url, scripts)
    response.writeHead(status, { 'content-type': type, ...ISOLATED, ...headers }).end(body)
  })
  // WebSockets that pages open.
  server.on('upgrade', (_, socket) => socket.destroy())
  const port = await listenOn(server)
  return {
    port,
    records: intake.records,
    faults: intake.faults,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
