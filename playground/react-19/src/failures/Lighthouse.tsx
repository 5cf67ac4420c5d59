/** Throws what is no error at all. */
export const Lighthouse = () => {
  // oxlint-disable-next-line typescript/only-throw-error -- it is the point
  throw null
}
