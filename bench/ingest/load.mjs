// The sender: as few instructions as it takes, so that it leaves the processor to who is measured.
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { createEvents } from './events.mjs'

const CONNECTIONS = 64
const DIFFERENT = 200
const PLACEHOLDER = '0'.repeat(32)

const requestOf = (event, { path, host }) => {
  const body = Buffer.from([`{"event_id":"${PLACEHOLDER}"}`, '{"type":"event"}', event].join('\n'))
  const head = `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: text/plain;charset=UTF-8\r\ncontent-length: ${body.length}\r\n\r\n`
  const bytes = Buffer.concat([Buffer.from(head), body])
  const first = bytes.indexOf(PLACEHOLDER)
  return { bytes, places: [first, bytes.indexOf(PLACEHOLDER, first + 1)], size: body.length }
}

const withNewId = ({ bytes, places }) => {
  const copy = Buffer.from(bytes)
  const id = randomBytes(16).toString('hex')
  for (const place of places) copy.write(id, place, 'latin1')
  return copy
}

const END_OF_HEAD = '\r\n\r\n'

/** Length of the first whole answer in the text; 0 when it is not all there. */
const answerLength = (text) => {
  const head = text.indexOf(END_OF_HEAD)
  if (head < 0) return 0
  const length = Number(/content-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? 0)
  return text.length >= head + END_OF_HEAD.length + length ? head + END_OF_HEAD.length + length : 0
}

const sendOn = (socket, next, times) =>
  new Promise((resolve, reject) => {
    let received = ''
    let sentAt = 0
    const send = () => {
      const request = next()
      if (!request) return resolve(socket.destroy())
      sentAt = performance.now()
      socket.write(request)
    }
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1')
      const length = answerLength(received)
      if (length === 0) return
      if (!received.startsWith('HTTP/1.1 200')) return reject(new Error(`Refused: ${received.slice(0, 300)}`))
      times.push(performance.now() - sentAt)
      received = received.slice(length)
      send()
    })
    socket.once('connect', send)
  })

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]

/** Sends `count` events and waits for each answer. */
export const sendAll = async ({ host, port, path }, { count, ...kind }) => {
  const requests = createEvents({ count: Math.min(DIFFERENT, count), ...kind }).map((event) =>
    requestOf(event, { path, host: `${host}:${port}` }),
  )
  let sent = 0
  const next = () => (sent < count ? withNewId(requests[sent++ % requests.length]) : undefined)
  const times = []
  const started = performance.now()
  await Promise.all(Array.from({ length: CONNECTIONS }, () => sendOn(connect(port, host), next, times)))
  const seconds = (performance.now() - started) / 1000
  const [sorted, sizes] = [times.toSorted((a, b) => a - b), requests.map(({ size }) => size).toSorted((a, b) => a - b)]
  return {
    seconds,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    medianBytes: quantile(sizes, 0.5),
    meanBytes: sizes.reduce((sum, size) => sum + size, 0) / sizes.length,
  }
}
