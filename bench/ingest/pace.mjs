// A sender that keeps time: so many events a second, whatever the answers take, each timed from when it was due.
import { Agent, request } from 'node:http'
import { randomBytes } from 'node:crypto'

const CONNECTIONS = 64
// The server closes idle connections after five seconds; one that it is about to close must not be used.
const IDLE_MS = 3000

const post = (agent, { host, port, path }, body) =>
  new Promise((resolve, reject) => {
    const sent = request({ agent, host, port, path, method: 'POST', headers: { 'content-length': body.length } })
    // The server may close an idle connection in the very moment in which it is used again.
    sent.on('error', (error) =>
      sent.reusedSocket && error.code === 'ECONNRESET'
        ? resolve(post(agent, { host, port, path }, body))
        : reject(error),
    )
    sent.on('response', (response) => {
      response.resume()
      response.on('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`Refused with ${response.statusCode}.`)),
      )
    })
    sent.end(body)
  })

const envelopeOf = (event) => {
  const id = randomBytes(16).toString('hex')
  return Buffer.from([`{"event_id":"${id}"}`, '{"type":"event"}', event.replace('0'.repeat(32), id)].join('\n'))
}

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]

/** Sends until `isOver` says so and tells `onSent` of each answer; gives what the answers took, in milliseconds. */
export const sendPaced = async (server, { events, perSecond, isOver, onSent }) => {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, timeout: IDLE_MS })
  const times = []
  const under = new Set()
  const started = performance.now()
  for (let number = 0; !isOver(); number += 1) {
    const due = started + (number * 1000) / perSecond
    const wait = due - performance.now()
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait))
    const sending = post(agent, server, envelopeOf(events[number % events.length])).then(() => {
      times.push(performance.now() - due)
      onSent()
      under.delete(sending)
    })
    under.add(sending)
  }
  await Promise.all(under)
  const seconds = (performance.now() - started) / 1000
  agent.destroy()
  const sorted = times.toSorted((a, b) => a - b)
  return {
    sent: times.length,
    seconds,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    slowest: sorted.at(-1),
  }
}
