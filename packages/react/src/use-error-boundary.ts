import { useContext, useMemo, useState } from 'react'
import { BoundaryContext } from './boundary-context.ts'

export interface BoundaryControls {
  /** Hands an error that React does not see (in a promise, a timer, an event handler) to the nearest boundary above. */
  showBoundary: (error: unknown) => void
  /** Renders what is below the nearest boundary again. */
  resetBoundary: () => void
}

/**
 * The nearest boundary above, for code that runs outside of rendering.
 *
 * @example
 * const { showBoundary } = useErrorBoundary()
 * useEffect(() => void loadCart().catch(showBoundary), [])
 */
export const useErrorBoundary = (): BoundaryControls => {
  const boundary = useContext(BoundaryContext)
  const [failure, setFailure] = useState<{ error: unknown } | null>(null)
  const controls = useMemo<BoundaryControls>(
    () => ({
      showBoundary: (error) => setFailure({ error }),
      resetBoundary: () => {
        setFailure(null)
        boundary?.reset()
      },
    }),
    [boundary],
  )
  if (failure) throw failure.error
  return controls
}
