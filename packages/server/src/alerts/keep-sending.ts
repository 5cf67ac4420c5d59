import type { Sender } from './send.ts'

const EVERY_MS = 1000

/** Sends what is due, again and again; gives what stops it and waits for what is under way. */
export const keepSending = (sender: Sender, onFailure: (error: unknown) => void): (() => Promise<void>) => {
  const underWay = new Set<Promise<void>>()
  const turn = (): void => {
    const sending = sender
      .send()
      .catch(onFailure)
      .finally(() => underWay.delete(sending))
    underWay.add(sending)
  }
  const timer = setInterval(turn, EVERY_MS)
  return async () => {
    clearInterval(timer)
    sender.stop()
    await Promise.all(underWay)
  }
}
