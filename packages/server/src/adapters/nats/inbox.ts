import { randomUUID } from 'node:crypto'
import type { Inbox } from '../../ports/inbox.ts'
import type { NatsSettings } from './connect.ts'
import { originOf, packOrigin } from './message.ts'
import { publish } from './publish.ts'
import { openStreams, inboxStream, inboxSubject } from './streams.ts'

/** The inbox as a stream of NATS JetStream. */
export const natsInbox = async (settings: NatsSettings, onCommit: () => void): Promise<Inbox> => {
  const nats = await openStreams(settings)
  const underWay = new Set<Promise<void>>()
  return {
    add: async (request) => {
      const { body } = request
      const headers = packOrigin(nats, request)
      const published = publish(nats, { subject: inboxSubject(settings), body, headers, id: randomUUID() })
      underWay.add(published)
      await published.finally(() => underWay.delete(published))
      onCommit()
    },
    load: async () => {
      const { state } = await nats.manager.streams.info(inboxStream(settings))
      const { messages: items, bytes } = state
      return { items, bytes, ...(items > 0 && { oldest: Date.parse(state.first_ts) }) }
    },
    arrivalOf: async (place) => {
      const { streams } = nats.manager
      const { state } = await streams.info(inboxStream(settings))
      if (state.messages < place) return undefined
      // Requests leave from the front: those that wait are the last of the stream, but for the few that are tried again.
      const seq = Math.max(state.first_seq, state.last_seq - state.messages + place)
      // The server takes the next one where this one is gone already; the client's types do not know that.
      const query = { seq, next_by_subj: inboxSubject(settings) }
      const message = await streams.getMessage(inboxStream(settings), query)
      return message ? originOf(message.header).receivedAt : undefined
    },
    close: async () => {
      await Promise.allSettled(underWay)
      await nats.connection.close()
    },
  }
}
