import { startTransition, useEffect, useState } from 'react'

const Buoy = () => {
  throw new Error('The buoy has drifted')
}

/** Fails in a transition, which React renders in the background and then once more at once. */
export const Regatta = () => {
  const [isStarted, setStarted] = useState(false)
  useEffect(() => startTransition(() => setStarted(true)), [])
  return isStarted ? <Buoy /> : <p>Waiting for the start</p>
}
