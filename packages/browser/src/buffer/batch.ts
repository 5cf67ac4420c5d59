/** Collects what comes within one task, so that it costs one transaction. */
export const createBatch = <T, R>(run: (items: T[]) => Promise<R>): ((item: T) => Promise<R>) => {
  let items: T[] = []
  let running: Promise<R> | undefined
  const start = async (): Promise<R> => {
    await Promise.resolve()
    const batch = items
    items = []
    running = undefined
    return run(batch)
  }
  return (item) => {
    items.push(item)
    return (running ??= start())
  }
}
