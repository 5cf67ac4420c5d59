const TRIES = 3

/** While a stream has no leader nobody answers for it; the next one is elected within a second or so. */
export const tryAgain = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  for (let tried = 1; ; tried += 1)
    try {
      return await work()
    } catch (error) {
      if (tried === TRIES) throw error
    }
}
