import type { Leadership } from '../ports/leadership.ts'

const CLAIM_EVERY_MS = 1000

export interface LeadingDeps {
  leadership: Leadership
  /** Begins what the leader does; gives what ends it. */
  lead(): () => Promise<void>
  onLost(reason: Error): void
  /** Told when the lead could not be asked for. */
  onFailure(error: unknown): void
  claimEveryMs?: number
}

export interface Leading {
  readonly isLeading: boolean
  start(): void
  /** Ends what the leader does, and asks for the lead no more. */
  stop(): Promise<void>
}

/** Once started, asks for the lead again and again; while this process has it, the leader's work is done here. */
export const keepLeading = (deps: LeadingDeps): Leading => {
  const { leadership, claimEveryMs = CLAIM_EVERY_MS } = deps
  let end: (() => Promise<void>) | undefined
  let ending = Promise.resolve()
  let claiming = Promise.resolve()
  let isStopped = false
  let timer: NodeJS.Timeout | undefined

  const endWork = (): Promise<void> => {
    const ends = end
    end = undefined
    if (ends) ending = ends().catch(deps.onFailure)
    return ending
  }
  const onLost = (reason: Error): void => {
    void endWork()
    deps.onLost(reason)
    schedule()
  }
  const claim = async (): Promise<void> => {
    // What is still under way from the last time comes first: one process must not do it twice at a time either.
    await ending
    const isLeader = await leadership.claim(onLost)
    if (isLeader && !isStopped) end = deps.lead()
    else if (!isLeader) schedule()
  }
  const schedule = (afterMs = claimEveryMs): void => {
    if (isStopped) return
    timer = setTimeout(() => {
      claiming = claim().catch((error: unknown) => {
        deps.onFailure(error)
        schedule()
      })
    }, afterMs)
  }

  return {
    get isLeading() {
      return end !== undefined
    },
    start: () => schedule(0),
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await claiming
      await endWork()
    },
  }
}
