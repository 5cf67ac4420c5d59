import { useEffect } from 'react'

/** Fails in an effect. */
export const Engine = () => {
  useEffect(() => {
    throw new Error('The engine does not start')
  }, [])
  return <p>Starting the engine</p>
}
