import { type ReportDialogOptions, showReportDialog } from '@foghorn/browser'
import { Component, createElement, type ErrorInfo, type FunctionComponent, type ReactNode } from 'react'
import { type Boundary, BoundaryContext } from './boundary-context.ts'
import { type BeforeCapture, connect, report, reportUntold } from './report.ts'

/** What a fallback is told. */
export interface FallbackProps {
  /** What was thrown: usually an Error, but anything can be. */
  error: unknown
  /** Empty during the first render, as is `eventId`: React tells them afterwards. */
  componentStack: string
  /** The event that reported the error; empty when nothing was sent. */
  eventId: string
  /** Renders the children again. */
  reset: () => void
}

export interface ErrorBoundaryProps {
  children?: ReactNode
  /** Shown in place of the children after an error. Without one, the error goes on to the next boundary above. */
  fallback?: ReactNode | ((props: FallbackProps) => ReactNode)
  /** When one of them changes, the children are rendered again. */
  resetKeys?: readonly unknown[]
  onError?: (error: unknown, componentStack: string, eventId: string) => void
  /** Called before the children are rendered again. */
  onReset?: (error: unknown, componentStack: string, eventId: string) => void
  /** Marks the event: tags, contexts, level. */
  beforeCapture?: BeforeCapture
  /** Asks the visitor what happened. False when absent. */
  showDialog?: boolean
  dialogOptions?: ReportDialogOptions
}

// A union, not a nullable error: null can be thrown.
type State = { didCatch: false } | { didCatch: true; error: unknown; componentStack: string; eventId: string }

type Caught = State & { didCatch: true }

const CALM: State = { didCatch: false }

const haveChanged = (before: readonly unknown[] = [], now: readonly unknown[] = []): boolean =>
  before.length !== now.length || before.some((key, index) => !Object.is(key, now[index]))

const Fallback: FunctionComponent<FallbackProps & { show: (props: FallbackProps) => ReactNode }> = ({
  show,
  ...props
}) => show(props)

interface GuardProps {
  onFailure: (error: unknown) => void
  children: ReactNode
}

/** Notices when a fallback fails itself, and lets the error go on. */
class FallbackGuard extends Component<GuardProps, { failure?: { error: unknown } }> {
  override state: { failure?: { error: unknown } } = {}

  static getDerivedStateFromError(error: unknown): { failure: { error: unknown } } {
    return { failure: { error } }
  }

  override render(): ReactNode {
    const { failure } = this.state
    if (!failure) return this.props.children
    this.props.onFailure(failure.error)
    throw failure.error
  }
}

/**
 * Reports errors of rendering and effects below it, with their component stack, and shows a fallback.
 *
 * @example
 * <ErrorBoundary fallback={({ reset }) => <button onClick={reset}>Try again</button>}>
 *   <Cart />
 * </ErrorBoundary>
 */
export class ErrorBoundary extends Component<ErrorBoundaryProps, State> {
  override state: State = CALM

  static getDerivedStateFromError(error: unknown): State {
    return { didCatch: true, error, componentStack: '', eventId: '' }
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    const { beforeCapture, onError, showDialog, dialogOptions } = this.props
    const componentStack = info.componentStack ?? ''
    const eventId = report(
      { error, componentStack, by: 'error_boundary', handled: true, boundary: this },
      beforeCapture,
    )
    this.setState((state) => (state.didCatch ? { ...state, componentStack, eventId } : state))
    onError?.(error, componentStack, eventId)
    if (showDialog && eventId) showReportDialog({ ...dialogOptions, eventId })
  }

  override componentDidUpdate(before: ErrorBoundaryProps, stateBefore: State): void {
    // Keys that change in the very update that fails belong to the failure: resetting then would loop.
    if (this.state.didCatch && stateBefore.didCatch && haveChanged(before.resetKeys, this.props.resetKeys)) this.reset()
  }

  reset = (): void => {
    if (!this.state.didCatch) return
    const { error, componentStack, eventId } = this.state
    this.props.onReset?.(error, componentStack, eventId)
    this.setState(CALM)
  }

  readonly #boundary: Boundary = { reset: this.reset }

  #fallback(caught: Caught): ReactNode {
    const { fallback, beforeCapture } = this.props
    const { error, componentStack, eventId } = caught
    if (fallback === undefined) throw error
    const content =
      typeof fallback === 'function'
        ? createElement(Fallback, { show: fallback, error, componentStack, eventId, reset: this.reset })
        : fallback
    // The fallback may throw the same error on, and may fail later, when React has told of the error already.
    const onFailure = (fallbackError: unknown): void => {
      if (componentStack === '' && !Object.is(fallbackError, error)) reportUntold(error, beforeCapture)
    }
    return createElement(FallbackGuard, { onFailure, children: content })
  }

  override render(): ReactNode {
    connect()
    const children = this.state.didCatch ? this.#fallback(this.state) : this.props.children
    return createElement(BoundaryContext.Provider, { value: this.#boundary }, children)
  }
}
