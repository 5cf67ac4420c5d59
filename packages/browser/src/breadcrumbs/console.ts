import type { Level } from '@foghorn/protocol'
import { toText } from '../enrich/normalize.ts'
import { all, type Source } from '../source.ts'
import { patch } from './patch.ts'

const METHODS = ['debug', 'log', 'info', 'warn', 'error'] as const
const LEVELS: Record<string, Level> = { log: 'info', warn: 'warning' }
const MAX_ARGUMENTS = 5
const MAX_CHARS = 300

/** Console lines. Arguments become text at the call: kept references would keep the page's objects alive. */
export const consoleCrumbs = (): Source => (emit) =>
  all(
    METHODS.map((method) =>
      patch(console, method, (_, args) => {
        const message = args
          .slice(0, MAX_ARGUMENTS)
          .map((arg) => toText(arg, MAX_CHARS))
          .join(' ')
        emit.crumb({ category: 'console', level: LEVELS[method] ?? (method as Level), message })
      }),
    ),
  )
