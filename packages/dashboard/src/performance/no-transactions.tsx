import { HowTo, KeySnippet } from '../figures/how-to.tsx'
import { type Period, PERIODS } from '../figures/period.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { Snippet } from '../projects/snippet.tsx'

const byPackage = (dsn: string): string => `import { addSource, init } from '@foghorn/browser'
import { startSpan, tracing } from '@foghorn/browser/tracing'

init({ dsn: '${dsn}', release: 'my-app@1.0.0', tracesSampleRate: 0.2 })
addSource(tracing())

// What your own code does is measured with:
await startSpan({ name: 'checkout' }, () => placeOrder())`

export const NoTransactions = ({ address, period }: { address: ProjectAddress; period: Period }) => (
  <HowTo title={`No transactions in ${PERIODS[period].words}`}>
    <p>
      Page loads, changes of route and spans of your own are measured here: how often they happen and how long they
      take.
    </p>
    <p>With the package:</p>
    <KeySnippet address={address} name="tracing with the package" code={byPackage} />
    <p>With the script tag, after it:</p>
    <Snippet name="tracing with the script tag" code="Foghorn.use('tracing')" />
    <p>
      Sentry’s clients send transactions with <code>browserTracingIntegration()</code>.
    </p>
  </HowTo>
)
