import { pino, type DestinationStream, type Logger } from 'pino'
import pretty from 'pino-pretty'
import { withoutSecrets } from './ingest/secrets/without-secrets.ts'

export type { Logger }

/** One JSON object a line for machines, or readable lines for people; on standard output unless JSON is to go elsewhere. Either way control characters arrive escaped. */
export const createLog = (format: 'json' | 'pretty', out?: DestinationStream): Logger => {
  const options = { base: null, timestamp: pino.stdTimeFunctions.isoTime, hooks: { streamWrite: withoutSecrets } }
  if (format === 'json') return out ? pino(options, out) : pino(options)
  return pino(options, pretty({ colorize: process.stdout.isTTY, translateTime: 'SYS:HH:MM:ss', sync: true }))
}

/** Text that came from outside, on one line and without anything that a terminal would obey. */
export const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim()
