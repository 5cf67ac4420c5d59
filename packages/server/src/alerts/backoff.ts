const FIRST_MS = 2000
const LONGEST_MS = 3_600_000
const JITTER = 0.2

/** How long a channel is left alone after so many failures in a row; a little at random, so that not all come back at once. */
export const pauseAfter = (failures: number, { afterMs = 0, random = Math.random() } = {}): number => {
  const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20))
  return Math.max(afterMs, Math.round(wait * (1 + JITTER * random)))
}

/** What has failed so often is given up: about four days of trying. */
export const MAX_ATTEMPTS = 100
