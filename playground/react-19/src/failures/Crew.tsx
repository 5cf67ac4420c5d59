import { useErrorBoundary } from '@foghorn/react'
import { useEffect } from 'react'

const muster = async (): Promise<void> => {
  await Promise.resolve()
  throw new Error('The crew is asleep')
}

/** Fails in a promise, and hands the error to the boundary. */
export const Crew = () => {
  const { showBoundary } = useErrorBoundary()
  useEffect(() => void muster().catch(showBoundary), [showBoundary])
  return <p>Calling the crew</p>
}
