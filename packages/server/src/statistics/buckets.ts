// Values are kept in buckets, of which each is 5 % wider than the one before: its middle is within 2.5 % of any value in it.
const GROWTH = Math.log(1.05)
// Values below this count as none: a thousandth of a millisecond, or of a layout shift.
const SMALLEST = 0.001

export const bucketOf = (value: number): number =>
  value < SMALLEST ? 0 : Math.floor(Math.log(value / SMALLEST) / GROWTH) + 1

/** The value in the middle of a bucket. */
export const middleOf = (bucket: number): number => (bucket === 0 ? 0 : SMALLEST * Math.exp((bucket - 0.5) * GROWTH))

/** The value that a share of all values is not above. Buckets come in their order. */
export const quantile = (buckets: readonly { bucket: number; quantity: number }[], share: number): number => {
  const wanted = buckets.reduce((sum, { quantity }) => sum + quantity, 0) * share
  let seen = 0
  const hit = buckets.find(({ quantity }) => (seen += quantity) >= wanted)
  return hit ? Number(middleOf(hit.bucket).toPrecision(4)) : 0
}
