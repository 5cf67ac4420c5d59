/** Fails in an event handler, which no boundary sees. */
export const Whistle = () => {
  const blow = () => {
    throw new Error('The whistle is stuck')
  }
  return <button onClick={blow}>Blow the whistle</button>
}
