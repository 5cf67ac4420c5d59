import { ErrorBoundary } from '@foghorn/react'

const Rudder = () => {
  throw new Error('The rudder is lost')
}

/** Fails, and asks what happened. */
export const Dinghy = () => (
  <ErrorBoundary fallback={<p role="alert">The dinghy is not available.</p>} showDialog>
    <Rudder />
  </ErrorBoundary>
)
