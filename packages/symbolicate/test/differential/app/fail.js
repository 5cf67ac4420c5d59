/** Throws from a known place; every case ends here. */
export function fail(label) {
  throw new Error(label)
}

// Conditions that no bundler can fold.
export const yes = typeof location !== 'undefined' && location.protocol.length > 0
export const no = !yes

export const call = (callback, ...values) => {
  const result = callback(...values)
  return result
}
export const wrap = (callback) => (yes ? callback : undefined)
