import { own } from '../enrich/stack.ts'
import { guard } from '../guard.ts'
import type { Stop } from '../source.ts'

type AnyFunction = (...args: never[]) => unknown

/** Sees a call of the page's after it was made: what it gave, what it was given, on what it was called. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Observer = (result: any, args: any[], self: any) => void

/** What the call below leaves in a stack, found out by trial: errors of `fetch` would blame us for what the page did. */
const findOwnLine = (): string => {
  const probe = { at: () => new Error().stack }
  patch(probe, 'at', () => {})
  // No text where the page has turned stacks off.
  const lines = `${probe.at()}`.split('\n')
  const found = lines.find((text) => text.includes('apply'))?.trim() ?? ''
  own.line = () => found
  return found
}

/**
 * Puts a Proxy before a function of the page: its name, length, own properties and text, its results and errors stay
 * what they were. Gives the function back unless someone has put theirs on top meanwhile.
 */
export const patch = <T extends object>(owner: T, name: keyof T, observer: Observer): Stop => {
  // Reading a stack takes time, which is not to be taken before there is one to read.
  own.line ??= findOwnLine
  const original = owner[name] as AnyFunction
  const observe = guard(observer)
  const told = (result: unknown, args: unknown[], self: unknown): unknown => {
    observe(result, args, self)
    return result
  }
  const patched = new Proxy(original, {
    apply: (target, self, args) => told(Reflect.apply(target, self, args), args, self),
    construct: (target, args, newTarget) => told(Reflect.construct(target, args, newTarget), args, newTarget) as object,
    get: (target, key) => (key === 'toString' ? () => `${target}` : Reflect.get(target, key)),
  }) as T[keyof T]
  try {
    owner[name] = patched
  } catch {
    // Frozen, or a getter without a setter: then this one is not watched.
  }
  return () => {
    if (owner[name] === patched) owner[name] = original as T[keyof T]
  }
}
