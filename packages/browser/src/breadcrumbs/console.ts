import { toText } from '../enrich/normalize.ts'
import { all, type Source } from '../source.ts'
import { patch } from './patch.ts'

const LEVELS = { debug: 'debug', log: 'info', info: 'info', warn: 'warning', error: 'error' } as const
const MAX_ARGUMENTS = 5
const MAX_CHARS = 300

/** Console lines. Arguments become text at the call: kept references would keep the page's objects alive. */
export const consoleCrumbs = (): Source => (emit) =>
  all(
    Object.entries(LEVELS).map(([method, level]) =>
      patch(console, method as keyof typeof LEVELS, (_, args) => {
        const message = args
          .slice(0, MAX_ARGUMENTS)
          .map((arg) => toText(arg, MAX_CHARS))
          .join(' ')
        emit.crumb({ category: 'console', level, message })
      }),
    ),
  )
