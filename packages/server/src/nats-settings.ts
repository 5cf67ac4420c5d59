// Where accepted requests wait when the data folder is not to hold them.
import * as v from 'valibot'
import { listOf, wholeNumber, type Setting } from './setting-schemas.ts'

const Path = v.pipe(v.string(), v.maxLength(4096))

const Server = v.pipe(
  v.string(),
  v.regex(/^(?:nats|tls):\/\/[^\s/@]+$/, 'must be servers such as nats://10.0.0.7:4222, with commas between'),
)

export const NATS_SETTINGS = {
  queueUrl: {
    variable: 'FOGHORN_QUEUE_URL',
    schema: v.optional(listOf(Server), ''),
    about: 'NATS servers with JetStream that hold the inbox, with commas between; unset: the data folder does',
  },
  natsName: {
    variable: 'FOGHORN_NATS_NAME',
    schema: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{1,40}$/, 'must be of letters, digits, _ and -')), 'foghorn'),
    about: 'what the names of streams and subjects begin with',
  },
  natsReplicas: {
    variable: 'FOGHORN_NATS_REPLICAS',
    schema: v.optional(wholeNumber(1, 5), '1'),
    about: 'servers that have each message; most of them do before an event is acknowledged',
  },
  natsCredentials: {
    variable: 'FOGHORN_NATS_CREDENTIALS',
    schema: v.optional(Path),
    about: 'file of credentials, as nsc makes them',
  },
  natsUser: {
    variable: 'FOGHORN_NATS_USER',
    schema: v.optional(v.string()),
    about: 'user, where there are no credentials',
  },
  natsPassword: {
    variable: 'FOGHORN_NATS_PASSWORD',
    schema: v.optional(v.string()),
    about: 'password of that user',
    secret: true,
  },
  natsCa: {
    variable: 'FOGHORN_NATS_CA',
    schema: v.optional(Path),
    about: 'file of the authority that signed the certificates of the servers',
  },
  natsCertificate: {
    variable: 'FOGHORN_NATS_CERTIFICATE',
    schema: v.optional(Path),
    about: 'file of the certificate that this service shows',
  },
  natsCertificateKey: {
    variable: 'FOGHORN_NATS_CERTIFICATE_KEY',
    schema: v.optional(Path),
    about: 'file of the key of that certificate',
  },
} as const satisfies Record<string, Setting>
