import { ErrorBoundary } from '@foghorn/react'

const Crane = () => {
  throw new Error('The crane jams')
}

/** Fails within a boundary that has nothing to show, so that the next one above does. */
export const Cargo = () => (
  <ErrorBoundary>
    <Crane />
  </ErrorBoundary>
)
