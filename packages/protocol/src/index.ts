export type { ClientEvent } from './client-event.ts'
export { envelopeUrl, formatDsn, parseDsn } from './dsn.ts'
export type { Dsn } from './dsn.ts'
export { formatEnvelope, parseEnvelope } from './envelope.ts'
export type { Envelope, EnvelopeHeaders, EnvelopeItem, EnvelopeResult, ItemHeaders } from './envelope.ts'
export { EventId, LEVELS, readEvent, Timestamp } from './event.ts'
export type {
  Breadcrumb,
  DebugImage,
  EventPayload,
  ExceptionValue,
  Level,
  Mechanism,
  RequestInfo,
  StackFrame,
  Stacktrace,
  User,
} from './event.ts'
export { LIMITS } from './limits.ts'
