import { ErrorBoundary, type FallbackProps } from '@foghorn/react'

const Oar = () => {
  throw new Error('The oar is broken')
}

const PassOn = ({ error }: FallbackProps) => {
  throw error
}

/** Fails, and what is shown instead throws the very same error on. */
export const Ferryman = () => (
  <ErrorBoundary fallback={PassOn}>
    <Oar />
  </ErrorBoundary>
)
