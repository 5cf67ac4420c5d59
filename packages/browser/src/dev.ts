declare const __DEV__: boolean | undefined

/** True in development builds. The production build replaces `__DEV__`, so that the texts behind this go away. */
export const isDev = (): boolean => typeof __DEV__ === 'undefined' || __DEV__

/** What happens, for developers who have asked for it. */
export const tell = ({ debug }: { debug?: boolean }, what: string, which: unknown): void => {
  if (isDev() && debug) console.info(`[foghorn] ${what}:`, which)
}

export const warn = (message: string): void => {
  if (isDev()) console.warn(`[foghorn] ${message}`)
}
