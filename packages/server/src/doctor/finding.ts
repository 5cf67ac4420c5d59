import type { Config } from '../config.ts'

/** What one look at the installation found. */
export interface Finding {
  /** What was looked at, such as `disk`. */
  check: string
  severity: 'ok' | 'warning' | 'error'
  /** One sentence. */
  finding: string
  /** What to do; absent when all is well. */
  advice?: string
}

/** Looks at one thing and changes nothing. What it throws becomes an error finding. */
export interface Check {
  name: string
  look(config: Config): Finding[] | Promise<Finding[]>
}

type Words = Omit<Finding, 'check'>

/** The findings of a check, or the sentence for when there are none. */
export const findingsOr = (check: string, bad: readonly Words[], fine: string): Finding[] =>
  bad.length > 0 ? bad.map((words) => ({ check, ...words })) : [{ check, severity: 'ok', finding: fine }]
