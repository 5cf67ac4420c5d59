import { pino, type Logger } from 'pino'
import pretty from 'pino-pretty'

export type { Logger }

/** One JSON object a line for machines, or readable lines for people. Either way control characters arrive escaped. */
export const createLog = (format: 'json' | 'pretty'): Logger => {
  const options = { base: null, timestamp: pino.stdTimeFunctions.isoTime }
  if (format === 'json') return pino(options)
  return pino(options, pretty({ colorize: process.stdout.isTTY, translateTime: 'SYS:HH:MM:ss', sync: true }))
}

/** Text that came from outside, on one line and without anything that a terminal would obey. */
export const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim()
