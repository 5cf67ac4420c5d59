const isWithin = (few: readonly string[], many: readonly string[]): boolean => {
  let found = 0
  for (const part of many) if (part === few[found]) found += 1
  return found === few.length
}

/**
 * Whether two stacks with the same words are one: equal, or one is the other with frames left out. WebKit leaves out callers
 * whose last act is the call, and those that wait for a promise; Firefox adds frames for fields of classes.
 */
export const isSameStack = (a: readonly string[], b: readonly string[]): boolean =>
  a.length < b.length ? isWithin(a, b) : isWithin(b, a)
