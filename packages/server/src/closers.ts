type Close = () => unknown

export interface Closers {
  /** Notes how something is closed that was opened now. */
  add(close: Close): void
  /** Closes everything, what was opened last first. What fails is told and holds up nothing. */
  close(): Promise<void>
}

/** Remembers what was opened, so that it is closed in the opposite order. */
export const createClosers = (onFailure: (error: unknown) => void): Closers => {
  const closers: Close[] = []
  return {
    add: (close) => void closers.push(close),
    close: async () => {
      for (let close; (close = closers.pop());)
        try {
          await close()
        } catch (error) {
          onFailure(error)
        }
    },
  }
}
