import { ErrorBoundary, type FallbackProps } from '@foghorn/react'
import { type ComponentType, Suspense, useState } from 'react'
import { createRoot, hydrateRoot, type RootOptions } from 'react-dom/client'
import { FAILURES } from './failures.ts'
import { Clock } from './failures/Clock.tsx'
import { Harbour } from './failures/Harbour.tsx'
import { Pier } from './failures/Pier.tsx'

const Sorry = ({ error, eventId, reset }: FallbackProps) => (
  <p role="alert" data-event-id={eventId}>
    Not available: {error instanceof Error ? error.message : String(error)} <button onClick={reset}>Try again</button>
  </p>
)

const Crossing = ({ Failing }: { Failing: ComponentType | undefined }) => (
  <Suspense fallback={<p>Loading</p>}>{Failing ? <Failing /> : <p>Nothing has failed yet.</p>}</Suspense>
)

/** In a root of its own, which has no boundary. */
const outside = (Failing: ComponentType, handlers: RootOptions) =>
  createRoot(document.getElementById('outside')!, handlers).render(
    <main>
      <Failing />
    </main>,
  )

const hydrate = (handlers: RootOptions) => {
  const container = document.getElementById('hydrated')!
  container.innerHTML = '<section><p>10:00</p></section>'
  hydrateRoot(
    container,
    <section>
      <Clock />
    </section>,
    handlers,
  )
}

/** A panel of things that break, each within a boundary. */
export const App = ({ handlers }: { handlers: RootOptions }) => {
  const [failing, setFailing] = useState<string>()
  return (
    <>
      <h1>Ferry timetable</h1>
      {Object.keys(FAILURES).map((id) => (
        <button key={id} data-testid={`fail-${id}`} onClick={() => setFailing(id)}>
          {id}
        </button>
      ))}
      <button data-testid="fail-outside" onClick={() => outside(Pier, handlers)}>
        outside
      </button>
      <button data-testid="fail-adrift" onClick={() => outside(Harbour, handlers)}>
        adrift
      </button>
      <button data-testid="fail-hydration" onClick={() => hydrate(handlers)}>
        hydration
      </button>
      <ErrorBoundary fallback={Sorry} resetKeys={[failing]}>
        <Crossing Failing={failing === undefined ? undefined : FAILURES[failing]} />
      </ErrorBoundary>
    </>
  )
}
