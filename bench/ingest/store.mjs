// What the event store costs: bytes on disk, bytes written to get there, and what a sweep of old events does to the door.
import { createEvents } from './events.mjs'
import { sendAll } from './load.mjs'
import { sendPaced } from './pace.mjs'
import { foghorn } from './shop.mjs'
import { startService, startServiceOn } from './servers.mjs'

/** Per event: what was sent, what the store grew by, what was written to disk until it was digested. */
export const measureDisk = async (data, { shop, events, kind }) => {
  const server = await startService(shop)(data)
  try {
    await sendAll(server, { count: Math.ceil(events / 4), seed: 1, shop, kind }).then(server.drained)
    const [stored, written] = [server.storedBytes(), server.writtenBytes()]
    const { meanBytes } = await sendAll(server, { count: events, seed: 2, shop, kind })
    await server.drained()
    return {
      sent: meanBytes,
      stored: (server.storedBytes() - stored) / events,
      written: (server.writtenBytes() - written) / events,
    }
  } finally {
    await server.stop()
  }
}

const LOOK_EVERY_MS = 1000

/** True from when so many events have gone; looks now and then, as looking costs the store something. */
const untilGone = (server, before, { amount, sent }) => {
  let isOver = false
  const timer = setInterval(() => {
    isOver = before + sent() - server.storedEvents() >= amount
    if (isOver) clearInterval(timer)
  }, LOOK_EVERY_MS)
  return () => isOver
}

const after = (seconds) => {
  const end = performance.now() + seconds * 1000
  return () => performance.now() > end
}

// First and last events of issues stay.
const NEARLY_ALL = 0.95

const CALM_SECONDS = 5

/** The door while a backup is made, after some seconds of the same traffic. */
export const measureBackup = async (data, { shop, perSecond, file }) => {
  const events = createEvents({ count: 200, seed: 6, kind: 'small', shop })
  const server = await startServiceOn(data)
  try {
    const pace = (isOver) => sendPaced(server, { events, perSecond, isOver, onSent: () => undefined })
    await pace(after(CALM_SECONDS))
    const state = { isMade: false }
    const made = foghorn(['backup', file, '--data', data, '--json']).finally(() => (state.isMade = true))
    const [{ stdout }, result] = await Promise.all([made, pace(() => state.isMade)])
    return { ...result, ...JSON.parse(stdout) }
  } finally {
    await server.stop()
  }
}

/** The door of a service over a grown store, first at rest, then while the hourly sweep thins it to `keep` events. */
export const measureSweep = async (data, { shop, perSecond, restSeconds, keep }) => {
  const events = createEvents({ count: 200, seed: 5, kind: 'small', shop })
  const measure = async (env, isOverOn) => {
    const server = await startServiceOn(data, env)
    try {
      const before = server.storedEvents()
      let sent = 0
      const isOver = isOverOn(server, before, () => sent)
      const result = await sendPaced(server, { events, perSecond, isOver, onSent: () => (sent += 1) })
      await server.drained()
      const gone = before + result.sent - server.storedEvents()
      return { ...result, gone, stored: before, megabytes: server.storedBytes() / 1e6 }
    } finally {
      await server.stop()
    }
  }
  const rest = await measure({}, () => after(restSeconds))
  const isSwept = (server, stored, sent) => untilGone(server, stored, { amount: NEARLY_ALL * (stored - keep), sent })
  const sweep = await measure({ FOGHORN_RETENTION_EVENTS: String(keep) }, isSwept)
  return { rest, sweep }
}
