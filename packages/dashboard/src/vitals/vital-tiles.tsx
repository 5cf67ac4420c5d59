import type { MeasurementSeriesJson } from '@foghorn/server'
import { RatingBadge, RatingBar, ratingOf } from '../figures/rating.tsx'
import { counted } from '../ui/numbers.ts'
import { formatVital, type Vital, VITALS } from './vital.ts'

interface VitalTilesProps {
  found: ReadonlyMap<Vital, MeasurementSeriesJson>
  current: Vital
  onChoose: (vital: Vital) => void
}

/** The 75th percentile of each vital; the one that is chosen is shown below. */
export const VitalTiles = ({ found, current, onChoose }: VitalTilesProps) => (
  <div className="tiles vital-tiles" role="group" aria-label="Vitals, each with its 75th percentile">
    {[...found].map(([vital, series]) => (
      <button
        key={vital}
        type="button"
        className="tile vital-tile"
        aria-pressed={vital === current}
        title={`${VITALS[vital].title}: ${VITALS[vital].about}`}
        onClick={() => onChoose(vital)}
      >
        <VitalFigure vital={vital} series={series} />
      </button>
    ))}
  </div>
)

const VitalFigure = ({ vital, series: { all, limits } }: { vital: Vital; series: MeasurementSeriesJson }) => (
  <>
    <span className="tile-label">
      {VITALS[vital].name}
      <span className="visually-hidden"> ({VITALS[vital].title})</span>
    </span>
    <span className="tile-value">{all.count === 0 ? '–' : formatVital(vital, all.p75)}</span>
    <span className="vital-rating">
      {limits && all.count > 0 && <RatingBadge rating={ratingOf(all.p75, limits)} />}
    </span>
    {all.ratings && <RatingBar ratings={all.ratings} />}
    <span className="tile-note">{counted(all.count, 'load')}</span>
  </>
)
