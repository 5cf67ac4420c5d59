// Which parts of the work a process does.
import * as v from 'valibot'
import { listOf, type Setting } from './setting-schemas.ts'

/**
 * `web` answers people and programs, `ingest` takes events in, `worker` digests them, `scheduler` does what comes round
 * by the clock.
 */
export const PROCESS_ROLES = ['web', 'ingest', 'worker', 'scheduler'] as const

export type ProcessRole = (typeof PROCESS_ROLES)[number]

const ALL = 'all'

const spellOut = (text: string): string => (text.trim() === ALL ? PROCESS_ROLES.join() : text)

export const ROLE_SETTINGS = {
  role: {
    variable: 'FOGHORN_ROLE',
    flag: '--role',
    schema: v.optional(
      v.pipe(
        v.string(),
        v.transform(spellOut),
        listOf(v.string()),
        v.array(v.picklist(PROCESS_ROLES, `must be ${PROCESS_ROLES.join(', ')}, with commas between, or ${ALL}`)),
        v.minLength(1, 'must name at least one role'),
      ),
      ALL,
    ),
    about: `what this process does: ${PROCESS_ROLES.join(', ')}, with commas between, or ${ALL}`,
  },
} as const satisfies Record<string, Setting>
