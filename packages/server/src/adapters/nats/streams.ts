import type { ConsumerConfig, StreamConfig } from '@nats-io/jetstream'
import { LIMITS } from '@foghorn/protocol'
import { ConfigError } from '../../config.ts'
import { connectNats, type Nats, type NatsSettings } from './connect.ts'
import { tryAgain } from './try-again.ts'

// Whoever knows a DSN can send what nobody can read: it must not fill the disk.
const DEAD_LETTERS_KEPT = 1000

const MILLISECOND_NS = 1_000_000
/** A publication that is tried again under the same ID within this time is stored once. */
const DUPLICATES_MS = 120_000
/** Many batches: several workers have one in hand each, and items that are tried again later count too. */
const UNACKNOWLEDGED_AT_MOST = 10_000
/** Longer than the last attempt at an item comes after the first. */
const ATTEMPTS_KEPT_MS = 24 * 3_600_000
/** What a message has beside an envelope. */
const HEADERS_AT_MOST = 64 * 1024

export const WORKER = 'digest'

export const inboxStream = ({ name }: NatsSettings): string => `${name}-inbox`
export const deadStream = ({ name }: NatsSettings): string => `${name}-dead`
export const inboxSubject = ({ name }: NatsSettings): string => `${name}.inbox`
export const anyDeadSubject = ({ name }: NatsSettings): string => `${name}.dead.*`
export const deadSubject = ({ name }: NatsSettings, projectId: number): string => `${name}.dead.${projectId}`

export const attemptStream = ({ name }: NatsSettings): string => `${name}-attempts`
export const attemptSubject = ({ name }: NatsSettings, item: number | '*'): string => `${name}.attempts.${item}`

const streamsOf = (settings: NatsSettings): (Partial<StreamConfig> & { name: string })[] => [
  {
    name: inboxStream(settings),
    subjects: [inboxSubject(settings)],
    // Gone when it is acknowledged, like a row of the embedded inbox.
    retention: 'workqueue',
    duplicate_window: DUPLICATES_MS * MILLISECOND_NS,
    num_replicas: settings.replicas,
  },
  {
    name: deadStream(settings),
    subjects: [anyDeadSubject(settings)],
    max_msgs: DEAD_LETTERS_KEPT,
    num_replicas: settings.replicas,
  },
  {
    name: attemptStream(settings),
    subjects: [attemptSubject(settings, '*')],
    max_msgs_per_subject: 1,
    max_age: ATTEMPTS_KEPT_MS * MILLISECOND_NS,
    num_replicas: settings.replicas,
  },
]

const codeOf = (error: unknown): number | undefined => (error as { code?: number }).code

const STREAM_NOT_FOUND = 10_059
const CONSUMER_NOT_FOUND = 10_014

const missingIs =
  (code: number) =>
  (error: unknown): undefined => {
    if (codeOf(error) !== code) throw error
  }

const ensureStream = async ({ manager }: Nats, config: Partial<StreamConfig> & { name: string }): Promise<void> => {
  const present = await manager.streams.info(config.name).catch(missingIs(STREAM_NOT_FOUND))
  if (!present) await manager.streams.add(config)
  else if (present.config.num_replicas !== config.num_replicas)
    await manager.streams.update(config.name, { num_replicas: config.num_replicas! })
}

/** How often the worker may try is for the worker to say: JetStream would stop without keeping a reason. */
const workerOf = (ackWaitMs: number): Partial<ConsumerConfig> & { durable_name: string } => ({
  durable_name: WORKER,
  ack_policy: 'explicit',
  ack_wait: ackWaitMs * MILLISECOND_NS,
  max_ack_pending: UNACKNOWLEDGED_AT_MOST,
  max_deliver: -1,
})

const ensureWorker = async ({ manager, settings }: Nats, ackWaitMs: number): Promise<void> => {
  const stream = inboxStream(settings)
  const present = await manager.consumers.info(stream, WORKER).catch(missingIs(CONSUMER_NOT_FOUND))
  if (!present) await manager.consumers.add(stream, workerOf(ackWaitMs))
  else if (
    present.config.ack_wait !== ackWaitMs * MILLISECOND_NS ||
    present.config.max_ack_pending !== UNACKNOWLEDGED_AT_MOST
  ) {
    const { ack_wait, max_ack_pending } = workerOf(ackWaitMs)
    await manager.consumers.update(stream, WORKER, { ack_wait: ack_wait!, max_ack_pending: max_ack_pending! })
  }
}

const checkPayload = ({ connection }: Nats): void => {
  const most = connection.info!.max_payload
  const needed = LIMITS.body + HEADERS_AT_MOST
  if (most < needed)
    throw new ConfigError(
      `The NATS server takes messages of at most ${most} bytes, but an accepted request may have ${needed}. Set max_payload: 32MB in its configuration.`,
    )
}

const explain = (error: unknown, { replicas }: NatsSettings): ConfigError => {
  const { message } = error as Error
  if (/timeout/i.test(message))
    return new ConfigError('NATS does not answer for its streams: a cluster needs most of its servers.', {
      cause: error,
    })
  const advice = /replicas|no suitable peers|cluster/i.test(message)
    ? `FOGHORN_NATS_REPLICAS is ${replicas}: there must be at least as many servers with JetStream.`
    : 'Turn on JetStream (jetstream {}), and let this user make streams and consumers.'
  return new ConfigError(`The streams of the inbox cannot be made in NATS: ${message}. ${advice}`, { cause: error })
}

const ensureStreams = async (nats: Nats): Promise<void> => {
  checkPayload(nats)
  for (const config of streamsOf(nats.settings))
    await tryAgain(() => ensureStream(nats, config)).catch((error: unknown) => {
      throw explain(error, nats.settings)
    })
}

/** Connects, and makes what is not there yet. Throws ConfigError that says what the servers lack. */
export const openStreams = async (settings: NatsSettings, prepare = ensureStreams): Promise<Nats> => {
  const nats = await connectNats(settings)
  try {
    await prepare(nats)
    return nats
  } catch (error) {
    await nats.connection.close()
    throw error
  }
}

/** The same for the worker. */
export const openWorker = (settings: NatsSettings, ackWaitMs: number): Promise<Nats> =>
  openStreams(settings, async (nats) => {
    await ensureStreams(nats)
    await tryAgain(() => ensureWorker(nats, ackWaitMs))
  })
