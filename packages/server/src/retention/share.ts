/**
 * What each may keep so that together they stay within a limit: small ones keep all, and the large ones are cut to one
 * height. Infinity when all fits.
 */
export const fairShare = (amounts: readonly number[], limit: number): number => {
  let left = limit
  const sorted = amounts.toSorted((a, b) => a - b)
  for (const [index, amount] of sorted.entries()) {
    const share = left / (sorted.length - index)
    if (amount > share) return Math.floor(share)
    left -= amount
  }
  return Infinity
}
