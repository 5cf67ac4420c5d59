// What the best answer of a row is.

/**
 * What an answer may cost the page at most. Each limit is one that browsers or networks set, not one that an SDK happens
 * to keep.
 */
export const LIMITS = {
  /** One packet (1,460 bytes over Ethernet) with the request's headers, which take up to 436. */
  firstBytes: 1024,
  /** A packet for the first report and one for the count of the others. */
  equalKilobytes: 3,
  /** What a page may have under way as it goes: 64 KiB of keepalive requests and beacons. */
  leavingKilobytes: 65,
  /** Connections that a browser opens to one host over HTTP/1.1: beyond them requests queue. */
  connections: 6,
  /** Tasks that are longer count as long ones. */
  taskMs: 50,
}

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
