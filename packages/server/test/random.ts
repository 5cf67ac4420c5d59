/** The same choices each time, so that a case that fails can be run again. */
export const createRandom = (seed: number) => {
  let state = seed >>> 0
  /** A whole number from 0 to below. */
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  return { below, pick: <Thing>(things: readonly Thing[]): Thing => things[below(things.length)]! }
}

export type Random = ReturnType<typeof createRandom>
