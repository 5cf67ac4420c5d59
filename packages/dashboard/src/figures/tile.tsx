import type { ReactNode } from 'react'
import type { Change } from './units.ts'
import './figures.css'

interface TileProps {
  label: string
  value: ReactNode
  /** Beside the same figure of before; `better` says which direction is good. */
  change?: Change | undefined
  better?: 'up' | 'down'
  note?: ReactNode
}

/** One figure, large enough to be read in passing. */
export const Tile = ({ label, value, change, better, note }: TileProps) => (
  <div className="tile">
    <dt className="tile-label">{label}</dt>
    <dd className="tile-value">{value}</dd>
    {change && (
      <dd className="tile-note">
        <ChangeMark change={change} {...(better && { better })} />
      </dd>
    )}
    {note !== undefined && <dd className="tile-note">{note}</dd>}
  </div>
)

export const Tiles = ({ label, children }: { label: string; children: ReactNode }) => (
  <dl className="tiles" aria-label={label}>
    {children}
  </dl>
)

/** How a figure has changed; better and worse also by words, for those who see no colours. */
export const ChangeMark = ({ change, better }: { change: Change; better?: 'up' | 'down' }) => {
  const isNeutral = change.direction === 'same' || better === undefined
  const tone = isNeutral ? 'same' : change.direction === better ? 'better' : 'worse'
  return (
    <span className={`change change-${tone}`}>
      {change.text}
      {tone !== 'same' && <span className="visually-hidden"> ({tone})</span>}
    </span>
  )
}
