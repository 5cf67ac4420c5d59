/** Of several processes one leads: it does what must not be done twice at a time. */
export interface Leadership {
  /** Takes the lead if nobody has it. `onLost` is told, once, when it is gone before it was given back. */
  claim(onLost: (reason: Error) => void): Promise<boolean>
  /** Gives the lead back. */
  close(): Promise<void>
}

/** Where there is one process, it leads. */
export const soleLeadership: Leadership = {
  claim: async () => true,
  close: async () => undefined,
}
