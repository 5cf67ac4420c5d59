import { HowTo, KeySnippet } from '../figures/how-to.tsx'
import { type Period, PERIODS } from '../figures/period.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { Snippet } from '../projects/snippet.tsx'

const byPackage = (dsn: string): string => `import { addSource, init } from '@foghorn/browser'
import { webVitals } from '@foghorn/browser/vitals'

init({ dsn: '${dsn}', release: 'my-app@1.0.0' })
addSource(webVitals({ attribution: true }))`

const BY_SCRIPT_TAG = "Foghorn.use('vitals', { attribution: true })"

export const NoVitals = ({ address, period }: { address: ProjectAddress; period: Period }) => (
  <HowTo title={`No vitals in ${PERIODS[period].words}`}>
    <p>
      Real visitors’ browsers measure how fast a page is there, how fast it reacts and how much it jumps. Pages tell it
      when they are left, so the first figures are here soon after the first visit.
    </p>
    <p>With the package:</p>
    <KeySnippet address={address} name="vitals with the package" code={byPackage} />
    <p>With the script tag, after it:</p>
    <Snippet name="vitals with the script tag" code={BY_SCRIPT_TAG} />
    <p>
      Sentry’s clients send vitals with <code>browserTracingIntegration()</code>.
    </p>
  </HowTo>
)
