import type { ErrorBudgetJson, ObjectiveJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Meter } from '../figures/meter.tsx'
import { Tile, Tiles } from '../figures/tile.tsx'
import { formatShare } from '../figures/units.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { budgetQuery } from '../settings/settings-query.ts'
import { Chart } from '../ui/chart/chart.tsx'
import { formatCompact, formatCount } from '../ui/numbers.ts'
import { Loaded } from '../ui/states.tsx'
import { formatMoment } from '../ui/time.ts'
import { leftByDay, toneOf } from './burn.ts'

type Budget = NonNullable<ErrorBudgetJson['budget']>

/** How much may still fail, and how fast that is used up. */
export const ErrorBudget = ({ address }: { address: ProjectAddress }) => {
  const budget = useQuery(budgetQuery(address))
  return (
    <section className="panel" aria-labelledby="error-budget">
      <div className="panel-head">
        <h2 id="error-budget">Error budget</h2>
        <Link
          to="/organizations/$org/projects/$project/settings/limits"
          params={address}
          className="button button-small"
        >
          {budget.data?.objective ? 'Change the objective' : 'Set an objective'}
        </Link>
      </div>
      <Loaded query={budget} lines={5} label="Loading the error budget">
        {({ objective, budget: found }) => (
          <>
            {objective === null && (
              <p className="panel-intro">
                Decide how much failing is tolerable; what is left of that tells whether to ship or to mend. No
                objective is set yet.
              </p>
            )}
            {objective && found && <Left objective={objective} budget={found} />}
          </>
        )}
      </Loaded>
    </section>
  )
}

const wordsOf = ({ kind, target, windowDays }: ObjectiveJson): string =>
  kind === 'errors'
    ? `at most ${formatCount(target)} errors a day, over ${windowDays} days`
    : `${formatShare(target)} of sessions without a crash, over ${windowDays} days`

const Left = ({ objective, budget }: { objective: ObjectiveJson; budget: Budget }) => {
  const { remaining, allowed, spent, burnRates, dateExhausted } = budget
  return (
    <>
      <p className="panel-intro">The objective: {wordsOf(objective)}.</p>
      <Tiles label="Error budget">
        <Tile
          label="Left"
          value={remaining === null ? '–' : formatShare(remaining)}
          note={
            remaining === null ? (
              'no session was told yet'
            ) : (
              <Meter share={remaining} tone={remaining > 0.25 ? 'good' : remaining > 0 ? 'warning' : 'error'} />
            )
          }
        />
        <Tile label="Spent" value={formatCompact(spent)} note={`of ${formatCompact(Math.round(allowed * 10) / 10)}`} />
        {burnRates.map(({ hours, rate }) => (
          <Tile key={hours} label={`Burn in ${hours} h`} value={<BurnRate rate={rate} />} note="1 × lasts the window" />
        ))}
      </Tiles>
      {dateExhausted && (
        <p className="form-error panel-intro">
          At the speed of the last day it is used up at <Exhausted date={dateExhausted} />.
        </p>
      )}
      <BurnChart budget={budget} />
    </>
  )
}

const Exhausted = ({ date }: { date: string }) => <time dateTime={date}>{formatMoment(new Date(date))}</time>

const BurnRate = ({ rate }: { rate: number | null }) =>
  rate === null ? '–' : <span className={`burn-${toneOf(rate)}`}>{formatCompact(Math.round(rate * 10) / 10)} ×</span>

const DAY_MS = 24 * 3_600_000

const BurnChart = ({ budget }: { budget: Budget }) => {
  const days = leftByDay(budget)
  return (
    <Chart
      title="What was left, day by day"
      summary={`From all of it to ${budget.remaining === null ? 'nothing measured' : formatShare(budget.remaining)}.`}
      kind="lines"
      times={days.map(({ at }) => at)}
      stepMs={DAY_MS}
      series={[{ name: 'Left of the budget', color: '--chart-1', values: days.map(({ left }) => Math.max(0, left)) }]}
      format={formatShare}
    />
  )
}
