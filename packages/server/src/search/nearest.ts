/** How many letters have to be put in, left out or changed to make one word of another. */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1)))
    row = next
  }
  return row[other.length]!
}

const LONGEST = 40

/** The known word that somebody may have meant: one letter off, or two in a long word. */
export const nearest = (word: string, known: readonly string[]): string | undefined => {
  if (word.length > LONGEST) return undefined
  const tolerated = word.length > 5 ? 2 : 1
  const ranked = known
    .map((one) => ({ one, off: distance(word.toLowerCase(), one.toLowerCase()) }))
    .toSorted((a, b) => a.off - b.off)
  const [best] = ranked
  return best && best.off <= tolerated ? best.one : undefined
}
