const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 })
const whole = new Intl.NumberFormat()

/** `1.2K` where there is little room. */
export const formatCompact = (count: number): string => compact.format(count)

export const formatCount = (count: number): string => whole.format(count)

/** `1 event`, `2 events`. */
export const counted = (count: number, noun: string): string => `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
