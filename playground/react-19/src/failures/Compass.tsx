import { captureException } from '@foghorn/browser'
import { Component, type ErrorInfo, type ReactNode } from 'react'

interface State {
  eventId: string | null
  hasError: boolean
}

/** A boundary of the app's own, as guides for Sentry have it: only the import is another. */
class OwnBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { eventId: null, hasError: false }

  static getDerivedStateFromError() {
    return { hasError: true }
  }

  override componentDidCatch(error: Error, errorInfo: ErrorInfo) {
    const eventId = captureException(error, { contexts: { react: { componentStack: errorInfo.componentStack } } })
    this.setState({ eventId })
  }

  override render() {
    return this.state.hasError ? <p role="alert">Reported as {this.state.eventId}</p> : this.props.children
  }
}

const Needle = () => {
  throw new Error('The compass spins')
}

/** Fails within a boundary that knows nothing of `@foghorn/react`. */
export const Compass = () => (
  <OwnBoundary>
    <Needle />
  </OwnBoundary>
)
