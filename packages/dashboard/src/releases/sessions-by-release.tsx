import { type Period, PERIODS } from '../figures/period.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { SessionChart } from './session-chart.tsx'
import { byRelease } from './session-series.ts'

/** Which releases people use, and how fast they take up new ones. */
export const SessionsByRelease = (shown: { address: ProjectAddress; period: Period }) => (
  <SessionChart {...shown} title="Sessions by release" seriesOf={byRelease}>
    No sessions were told in {PERIODS[shown.period].words}. Foghorn’s client tells one for each page load of a release
    by itself; Sentry’s client does with <code>browserSessionIntegration()</code>.
  </SessionChart>
)
