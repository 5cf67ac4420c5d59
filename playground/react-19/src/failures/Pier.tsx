/** Fails where no boundary is. */
export const Pier = () => {
  throw new Error('The pier is gone')
}
