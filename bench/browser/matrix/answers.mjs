// What the best answer of a row is.

const yesNo = (value) => (value === true ? 'y' : value === false ? 'n' : String(value))

/** It should be so. */
export const yes = { show: yesNo, isBest: (value) => value === true }
/** It should not. */
export const no = { show: yesNo, isBest: (value) => value === false }
/** All of so many should arrive. */
export const all = (count) => ({ show: (value) => `${value}/${count}`, isBest: (value) => value === count })
/** Not more than so many; none means that nothing arrived at all. */
export const atMost = (limit) => ({ show: String, isBest: (value) => value > 0 && value <= limit })
/** Exactly so many. */
export const exactly = (count) => ({ show: String, isBest: (value) => value === count })
/** Only to be known: no answer is better as such. */
export const known = { show: yesNo, isBest: () => undefined, isJudged: false }
