// The numbers of React's errors about hydration in its minified builds: https://react.dev/errors (18 and 19, checked 2026-11).
const MINIFIED = /#4(18|19|2[1-5]);/
const SPELLED_OUT = /hydrat|does not match server-rendered/i

/** Whether React says that the page differs from what the server rendered. */
export const isHydrationError = (error: unknown): boolean => {
  const message = error instanceof Error ? error.message : ''
  return MINIFIED.test(message) || SPELLED_OUT.test(message)
}
