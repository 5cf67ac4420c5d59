import { flush, init } from '@foghorn/browser'
import { ErrorBoundary, reactRootHandlers, useErrorBoundary, withErrorBoundary } from '@foghorn/react'
import { createRef, forwardRef, StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'

const page = globalThis as unknown as { dsn: string; told: unknown[]; flush: typeof flush; ropeRef: object }

init({ dsn: page.dsn, autoSessionTracking: false })
const told: unknown[] = []
const ref = createRef<HTMLParagraphElement>()
Object.assign(page, { told, flush, ropeRef: ref })

const tell =
  (what: string) =>
  (error: unknown, componentStack: string, eventId: string): void =>
    void told.push([what, (error as Error).message, componentStack.includes('at '), eventId])

const Rope = forwardRef<HTMLParagraphElement, { isTorn: boolean }>(({ isTorn }, ref) => {
  if (isTorn) throw new Error('The rope is torn')
  return <p ref={ref}>The rope holds</p>
})

const GuardedRope = withErrorBoundary<{ isTorn: boolean }, HTMLParagraphElement>(Rope, {
  fallback: ({ reset }) => <button onClick={reset}>Splice</button>,
  beforeCapture: (scope, error, componentStack) => {
    scope.setTag('dock', 7)
    scope.setContext('rope', { message: (error as Error).message, trail: componentStack.includes('at ') })
  },
  onError: tell('error'),
  onReset: tell('reset'),
})

const Retry = () => {
  const { resetBoundary } = useErrorBoundary()
  return <button onClick={resetBoundary}>Send another</button>
}

let calls = 0

const Pilot = () => {
  const { showBoundary } = useErrorBoundary()
  return (
    <>
      <button onClick={() => showBoundary(`asleep ${(calls += 1)}`)}>Call the pilot</button>
      <button onClick={() => showBoundary(null)}>Call nobody</button>
    </>
  )
}

const Dock = () => {
  const [isTorn, setTorn] = useState(false)
  const mend = () => setTorn(false)
  return (
    <>
      <button onClick={() => setTorn(true)}>Tear</button>
      <button onClick={mend}>Mend</button>
      <GuardedRope isTorn={isTorn} ref={ref} />
      <ErrorBoundary fallback={<Retry />} beforeCapture={(scope) => scope.setTag('boat', 'pilot')}>
        <Pilot />
      </ErrorBoundary>
    </>
  )
}

const handlers = reactRootHandlers({ onCaughtError: (error) => void told.push(['own handler', String(error)]) })

createRoot(document.getElementById('app')!, handlers).render(
  <StrictMode>
    <Dock />
  </StrictMode>,
)
