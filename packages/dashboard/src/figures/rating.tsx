import type { RatingsJson } from '@foghorn/server'
import { formatShare } from './units.ts'
import './figures.css'

const RATINGS = [
  { key: 'good', name: 'Good', tone: 'good' },
  { key: 'needsImprovement', name: 'Needs improvement', tone: 'warning' },
  { key: 'poor', name: 'Poor', tone: 'error' },
] as const

export type Rating = (typeof RATINGS)[number]

/** What a value is by its limits. */
export const ratingOf = (value: number, { good, poor }: { good: number; poor: number }): Rating =>
  RATINGS[value <= good ? 0 : value <= poor ? 1 : 2]

export const RatingBadge = ({ rating: { name, tone } }: { rating: Rating }) => (
  <span className={`badge badge-${tone}`}>{name}</span>
)

/** How many loads were good, middling and poor. */
export const RatingBar = ({ ratings }: { ratings: RatingsJson }) => {
  const all = ratings.good + ratings.needsImprovement + ratings.poor
  if (all === 0) return <span className="rating-bar" aria-hidden="true" />
  const told = RATINGS.map(({ key, name }) => `${name}: ${formatShare(ratings[key] / all)}`).join(', ')
  return (
    <span className="rating-bar" role="img" aria-label={told} title={told}>
      {RATINGS.filter(({ key }) => ratings[key] > 0).map(({ key, tone }) => (
        <span key={key} className={`meter-${tone}`} style={{ flexGrow: ratings[key] }} />
      ))}
    </span>
  )
}
