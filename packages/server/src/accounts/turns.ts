/** Runs work one after another for each name, and at once for different ones. */
export type InTurn = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>

export const createTurns = (): InTurn => {
  const newest = new Map<string, Promise<unknown>>()
  return async (name, work) => {
    const turn = (newest.get(name) ?? Promise.resolve()).then(work, work)
    newest.set(name, turn)
    try {
      return await turn
    } finally {
      if (newest.get(name) === turn) newest.delete(name)
    }
  }
}
