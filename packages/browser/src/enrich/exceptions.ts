import type { ExceptionValue, Mechanism } from '@foghorn/protocol'
import type { Signal } from '../source.ts'
import { maskSecrets } from './mask.ts'
import { cut, isError, toText } from './normalize.ts'
import { read, readText } from './read.ts'
import { parseStack } from './stack.ts'

const MAX_LINKED = 10

const exceptionOf = (value: unknown, mechanism: Mechanism, chars: number): ExceptionValue => {
  const message = readText(value, 'message')
  const stack = readText(value, 'stack')
  // Objects with a stack count as errors: React's hydration reports, errors that came through postMessage.
  const synthetic = !stack && !isError(value)
  const frames = parseStack(stack, message)
  return {
    type: cut(readText(value, 'name') || 'Error', 100),
    value: maskSecrets(cut(synthetic && !message ? toText(value, chars) : message, chars)),
    stacktrace: frames[0] && { frames },
    mechanism: { ...mechanism, synthetic: synthetic || undefined },
  }
}

/** The errors that this one wraps: its cause, then the members of an AggregateError. */
const linkedTo = (value: unknown): [source: string, error: unknown][] => {
  const members = read(value, 'errors')
  const linked = Array.isArray(members) ? members.slice(0, MAX_LINKED) : []
  return [['cause', read(value, 'cause')], ...linked.map((error, at): [string, unknown] => [`errors[${at}]`, error])]
}

/** The thrown value and everything that it wraps. Causes come first, what was thrown is the last. */
export const exceptionsOf = ({ value, by, handled = false }: Signal, chars: number): ExceptionValue[] => {
  const found: ExceptionValue[] = []
  const seen: unknown[] = [undefined, null, value]
  const visit = (value: unknown, mechanism: Mechanism): void => {
    const exception_id = found.length
    const exception = exceptionOf(value, { ...mechanism, exception_id }, chars)
    found.unshift(exception)
    for (const [source, error] of linkedTo(value)) {
      if (seen.includes(error) || seen.push(error) > MAX_LINKED) continue
      if (source !== 'cause') exception.mechanism!.is_exception_group = true
      visit(error, { type: 'chained', handled: true, source, parent_id: exception_id })
    }
  }
  visit(value, { type: by, handled })
  return found
}
