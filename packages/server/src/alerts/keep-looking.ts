import { look, type LookDeps } from './look.ts'

const EVERY_MS = 15_000

/** Looks again and again, one look after the other; gives what stops it and waits for the look that is under way. */
export const keepLooking = (deps: LookDeps, onFailure: (error: unknown) => void): (() => Promise<void>) => {
  let underWay = Promise.resolve()
  const turn = (): void => {
    underWay = underWay.then(() => look(deps)).catch(onFailure)
  }
  const timer = setInterval(turn, EVERY_MS)
  return async () => {
    clearInterval(timer)
    await underWay
  }
}
