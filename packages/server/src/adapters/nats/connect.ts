import { readFileSync } from 'node:fs'
import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream'
import type { NatsConnection, NodeConnectionOptions } from '@nats-io/transport-node'
import { ConfigError } from '../../config.ts'

export interface NatsSettings {
  servers: readonly string[]
  /** What the names of streams and subjects begin with. */
  name: string
  /** How many servers have each message. */
  replicas: number
  /** A file of credentials, as `nsc` makes them. */
  credentials: string | undefined
  user: string | undefined
  password: string | undefined
  /** Files of certificates: whom to trust, and what to show. */
  ca: string | undefined
  certificate: string | undefined
  certificateKey: string | undefined
}

interface Client {
  transport: typeof import('@nats-io/transport-node')
  jetstream: typeof import('@nats-io/jetstream')
}

/** Heavy, and most services need none: loaded where NATS is configured. */
const loadClient = async (): Promise<Client> => {
  try {
    return { transport: await import('@nats-io/transport-node'), jetstream: await import('@nats-io/jetstream') }
  } catch (cause) {
    throw new ConfigError(
      'FOGHORN_QUEUE_URL is set, which takes the packages @nats-io/transport-node and @nats-io/jetstream. Install them beside Foghorn: npm install -g @nats-io/transport-node @nats-io/jetstream',
      { cause },
    )
  }
}

const read = (variable: string, file: string): Buffer => {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new ConfigError(`${variable} names ${file}, which cannot be read: ${(cause as Error).message}.`, { cause })
  }
}

const tlsOf = ({ servers, ca, certificate, certificateKey }: NatsSettings): Pick<NodeConnectionOptions, 'tls'> => {
  if (ca === undefined && certificate === undefined && !servers.some((server) => server.startsWith('tls:'))) return {}
  return {
    tls: {
      ...(ca !== undefined && { ca: read('FOGHORN_NATS_CA', ca).toString() }),
      ...(certificate !== undefined && { cert: read('FOGHORN_NATS_CERTIFICATE', certificate).toString() }),
      ...(certificateKey !== undefined && { key: read('FOGHORN_NATS_CERTIFICATE_KEY', certificateKey).toString() }),
    },
  }
}

const optionsOf = ({ transport }: Client, settings: NatsSettings): NodeConnectionOptions => {
  const { servers, credentials, user, password } = settings
  return {
    servers: [...servers],
    name: 'foghorn',
    maxReconnectAttempts: -1,
    ...(user !== undefined && { user, pass: password! }),
    ...(credentials !== undefined && {
      authenticator: transport.credsAuthenticator(read('FOGHORN_NATS_CREDENTIALS', credentials)),
    }),
    ...tlsOf(settings),
  }
}

const unreachable = (error: unknown, { servers }: NatsSettings): ConfigError => {
  const { message, name } = error as Error
  const isRefused = name === 'AuthorizationError' || /authori[sz]ation/i.test(message)
  const advice = isRefused
    ? 'Check FOGHORN_NATS_CREDENTIALS, or FOGHORN_NATS_USER and FOGHORN_NATS_PASSWORD.'
    : 'Check FOGHORN_QUEUE_URL, whether they can be reached from here, and FOGHORN_NATS_CA if they speak TLS.'
  return new ConfigError(`No NATS server of ${servers.join(', ')} takes this service: ${message}. ${advice}`, {
    cause: error,
  })
}

export interface Nats {
  connection: NatsConnection
  client: JetStreamClient
  manager: JetStreamManager
  headers: Client['transport']['headers']
  settings: NatsSettings
}

/** Connects, and from then on comes back by itself whenever the connection is lost. Throws ConfigError when that fails. */
export const connectNats = async (settings: NatsSettings): Promise<Nats> => {
  const loaded = await loadClient()
  const connection = await loaded.transport.connect(optionsOf(loaded, settings)).catch((error: unknown) => {
    throw error instanceof ConfigError ? error : unreachable(error, settings)
  })
  const { jetstream, jetstreamManager } = loaded.jetstream
  // Whether there is JetStream is found out with the streams, where it has a message for people.
  const manager = await jetstreamManager(connection, { checkAPI: false })
  return { connection, client: jetstream(connection), manager, headers: loaded.transport.headers, settings }
}
