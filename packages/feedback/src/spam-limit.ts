const WINDOW_MS = 10 * 60_000
const MOST = 5

const sentAt: number[] = []

/** Whether another message may be sent from this page now; counts it when so. */
export const takeTurn = (now: number = Date.now()): boolean => {
  while (sentAt[0] !== undefined && sentAt[0] < now - WINDOW_MS) sentAt.shift()
  return sentAt.length < MOST && sentAt.push(now) > 0
}
