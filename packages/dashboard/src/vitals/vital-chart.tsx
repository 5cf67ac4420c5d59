import type { MeasurementSeriesJson } from '@foghorn/server'
import { type Period, PERIODS, stepOf } from '../figures/period.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { useMarks } from '../releases/use-marks.ts'
import { Chart } from '../ui/chart/chart.tsx'
import type { ChartBand } from '../ui/chart/chart-data.ts'
import { formatVital, type Vital, VITALS } from './vital.ts'

interface VitalChartProps {
  address: ProjectAddress
  vital: Vital
  series: MeasurementSeriesJson
  period: Period
}

// Beyond what any page shows, so that the last band reaches the top.
const NO_END = 1e12

const bandsOf = (vital: Vital, { limits }: MeasurementSeriesJson): ChartBand[] =>
  limits
    ? [
        { name: `Good: up to ${formatVital(vital, limits.good)}`, color: '--good-ground', from: 0, to: limits.good },
        { name: 'Needs improvement', color: '--warning-ground', from: limits.good, to: limits.poor },
        {
          name: `Poor: over ${formatVital(vital, limits.poor)}`,
          color: '--error-ground',
          from: limits.poor,
          to: NO_END,
        },
      ]
    : []

/** The 75th percentile over time, over what counts as good and as poor. */
export const VitalChart = ({ address, vital, series, period }: VitalChartProps) => {
  const marks = useMarks(address, series.intervals)
  return (
    <div className="panel">
      <Chart
        title={`${VITALS[vital].title}, 75th percentile`}
        summary={`${VITALS[vital].name} of ${PERIODS[period].words}: ${formatVital(vital, series.all.p75)}, ${VITALS[vital].about}.`}
        kind="lines"
        times={series.intervals.map((at) => Date.parse(at))}
        stepMs={stepOf(period)}
        series={[
          { name: '75th percentile', color: '--chart-1', values: series.steps.map((step) => step?.p75 ?? null) },
        ]}
        bands={bandsOf(vital, series)}
        marks={marks}
        format={(value) => formatVital(vital, value)}
      />
    </div>
  )
}
