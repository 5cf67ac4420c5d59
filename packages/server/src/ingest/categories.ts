// Data categories of Sentry's protocol: clients stop sending one of them alone, and count what they discard by them.
const CATEGORIES: Record<string, string> = {
  event: 'error',
  transaction: 'transaction',
  span: 'span',
  session: 'session',
  sessions: 'session',
  feedback: 'feedback',
  user_report: 'feedback',
  attachment: 'attachment',
  client_report: 'internal',
  check_in: 'monitor',
  replay_event: 'replay',
  replay_recording: 'replay',
  replay_video: 'replay',
  log: 'log_item',
  trace_metric: 'trace_metric',
  profile: 'profile',
  profile_chunk: 'profile_chunk',
}

/** What is never kept, so that clients need not send it. */
export const UNSUPPORTED: ReadonlySet<string> = new Set([
  'monitor',
  'replay',
  'log_item',
  'trace_metric',
  'profile',
  'profile_chunk',
])

/** The category of an item type; an unknown type is its own. */
export const categoryOf = (type: string): string =>
  Object.hasOwn(CATEGORIES, type) ? CATEGORIES[type]! : type.slice(0, 50)
