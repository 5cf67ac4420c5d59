import { ErrorBoundary } from '@foghorn/react'

const Quay = () => {
  throw new Error('The quay is flooded')
}

const Lifeboat = () => {
  throw new Error('The lifeboat leaks')
}

/** Fails, and so does what is shown instead. */
export const Harbour = () => (
  <ErrorBoundary fallback={<Lifeboat />}>
    <Quay />
  </ErrorBoundary>
)
