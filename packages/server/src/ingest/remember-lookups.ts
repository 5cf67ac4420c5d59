import type { GeneratedPosition, Lookup, MapIndex } from '@foghorn/symbolicate'

// A few kilobytes each, with their lines of code.
const LOOKUPS_KEPT = 2000

const keyOf = (number: number, { line, column, engine, awaits }: GeneratedPosition): string =>
  `${number} ${line} ${column} ${engine} ${awaits}`

/**
 * Stacks that differ run through the same frames: what the positions used last lead to is kept, for all indexes together. A
 * pass over stored events so resolves each position once, however many events it has.
 */
export const rememberLookups = (): ((index: MapIndex) => MapIndex) => {
  const remembering = new WeakMap<MapIndex, MapIndex>()
  const kept = new Map<string, Lookup>()
  let lastNumber = 0

  const wrap = (index: MapIndex): MapIndex => {
    const number = (lastNumber += 1)
    return {
      lookup: (position) => {
        const key = keyOf(number, position)
        const found = kept.get(key) ?? index.lookup(position)
        kept.delete(key)
        kept.set(key, found)
        if (kept.size > LOOKUPS_KEPT) kept.delete(kept.keys().next().value!)
        return found
      },
      locate: (position) => index.locate(position),
      className: (minified) => index.className(minified),
      get damaged() {
        return index.damaged
      },
    }
  }

  return (index) => {
    const known = remembering.get(index) ?? wrap(index)
    remembering.set(index, known)
    return known
  }
}
