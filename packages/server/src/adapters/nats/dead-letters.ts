import type { StoredMsg } from '@nats-io/jetstream'
import type { DeadLetter, DeadLetters } from '../../ports/dead-letters.ts'
import { textsOf } from '../person-texts.ts'
import type { Nats, NatsSettings } from './connect.ts'
import { originOf, packOrigin, reasonOf } from './message.ts'
import { publish } from './publish.ts'
import { anyDeadSubject, deadStream, deadSubject, inboxSubject, openStreams } from './streams.ts'

const READ_WITHIN_MS = 5000

interface Wanted {
  subject: string
  /** Number of the first one. */
  from?: number
  part: 'heads' | 'all'
}

/** Dead letters, oldest first; without their bodies if only the heads are wanted. */
async function* lettersOf({ client, settings }: Nats, { subject, from = 1, part }: Wanted) {
  const consumer = await client.consumers.get(deadStream(settings), {
    filter_subjects: subject,
    headers_only: part === 'heads',
    deliver_policy: 'by_start_sequence',
    opt_start_seq: from,
  })
  const { num_pending: count } = await consumer.info()
  if (count === 0) return
  for await (const message of await consumer.fetch({ max_messages: count, expires: READ_WITHIN_MS })) {
    yield message
    if (message.info.pending === 0) return
  }
}

const listLetters = async (nats: Nats, projectId: number, limit: number): Promise<DeadLetter[]> => {
  const letters: DeadLetter[] = []
  for await (const { seq, headers } of lettersOf(nats, {
    subject: deadSubject(nats.settings, projectId),
    part: 'heads',
  })) {
    const { receivedAt } = originOf(headers)
    const size = Number(headers!.get('Nats-Msg-Size'))
    letters.push({ id: seq, projectId, receivedAt, reason: reasonOf(headers), size })
  }
  return letters.toReversed().slice(0, limit)
}

/** The dead letters of the stream beside the inbox. */
export const natsDeadLetters = async (settings: NatsSettings, onReplay: () => void): Promise<DeadLetters> => {
  const nats = await openStreams(settings)
  const { streams } = nats.manager
  const stream = deadStream(settings)
  const find = async (projectId: number, id: number): Promise<StoredMsg | undefined> => {
    const message = await streams.getMessage(stream, { seq: id })
    return message?.subject === deadSubject(settings, projectId) ? message : undefined
  }
  const remove = async (projectId: number, id: number): Promise<boolean> =>
    (await find(projectId, id)) !== undefined && streams.deleteMessage(stream, id)
  return {
    list: (projectId, limit) => listLetters(nats, projectId, limit),
    after: async (id) => {
      const { state } = await streams.info(stream)
      const letters: Pick<DeadLetter, 'id' | 'projectId'>[] = []
      if (id < state.last_seq)
        for await (const { seq, headers } of lettersOf(nats, {
          subject: anyDeadSubject(settings),
          from: id + 1,
          part: 'heads',
        }))
          letters.push({ id: seq, projectId: originOf(headers).projectId })
      return { newest: state.last_seq, letters }
    },
    body: async (projectId, id) => (await find(projectId, id))?.data,
    remove,
    replay: async (projectId, id) => {
      const letter = await find(projectId, id)
      if (!letter) return false
      const headers = packOrigin(nats, originOf(letter.header))
      await publish(nats, { subject: inboxSubject(settings), body: letter.data, headers, id: `replay ${id}` })
      await remove(projectId, id)
      onReplay()
      return true
    },
    forget: async (projectId, person) => {
      const texts = textsOf(person).map((text) => text.toLowerCase())
      const named: number[] = []
      for await (const { seq, data } of lettersOf(nats, { subject: deadSubject(settings, projectId), part: 'all' })) {
        const body = new TextDecoder().decode(data).toLowerCase()
        if (texts.some((text) => body.includes(text))) named.push(seq)
      }
      for (const id of named) await streams.deleteMessage(stream, id)
      return named.length
    },
    count: async () => (await streams.info(stream)).state.messages,
    close: () => nats.connection.close(),
  }
}
