import type { ResponsesJson, ResponseTimesJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { figuresQuery } from '../figures/figures-query.ts'
import { type Period, PERIODS, periodBefore } from '../figures/period.ts'
import { Tile, Tiles } from '../figures/tile.tsx'
import { changeOfNumber, formatSpan } from '../figures/units.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { counted } from '../ui/numbers.ts'
import { Loaded } from '../ui/states.tsx'

const HOUR_MS = 3_600_000

/** How long people take to do something about issues, and to resolve them, beside the period before. */
export const ResponseTimes = ({ address, period }: { address: ProjectAddress; period: Period }) => {
  const responses = useQuery(figuresQuery<ResponsesJson>(address, 'response-times/', { statsPeriod: period }))
  // By the hour: the query would be another one each time that the page renders.
  const { start, end } = periodBefore(period, Math.ceil(Date.now() / HOUR_MS) * HOUR_MS)
  const before = useQuery(figuresQuery<ResponsesJson>(address, 'response-times/', { start, end }))
  return (
    <section className="panel" aria-labelledby="response-times">
      <div className="panel-head">
        <h2 id="response-times">Response times</h2>
      </div>
      <Loaded query={responses} lines={4} label="Loading response times">
        {({ acknowledge, resolve }) => (
          <>
            <Tiles label="Response times">
              <Times
                name="Mean time to acknowledge (MTTA)"
                times={acknowledge}
                before={before.data?.acknowledge}
                noun="issue"
              />
              <Times
                name="Mean time to resolve (MTTR)"
                times={resolve}
                before={before.data?.resolve}
                noun="resolution"
              />
            </Tiles>
            {acknowledge.count + resolve.count === 0 && (
              <p className="inline-empty">
                Nobody has acknowledged or resolved an issue in {PERIODS[period].words}. Assigning, commenting,
                resolving and ignoring count.
              </p>
            )}
          </>
        )}
      </Loaded>
    </section>
  )
}

interface TimesProps {
  name: string
  times: ResponseTimesJson
  before: ResponseTimesJson | undefined
  noun: string
}

const Times = ({ name, times: { mean, p50, p95, count }, before, noun }: TimesProps) => (
  <Tile
    label={name}
    value={mean === null ? '–' : formatSpan(mean)}
    change={before && changeOfNumber(mean, before.mean)}
    better="down"
    note={
      mean === null || p50 === null || p95 === null
        ? 'none yet'
        : `median ${formatSpan(p50)}, 95 % within ${formatSpan(p95)}, ${counted(count, noun)}`
    }
  />
)
