import './figures.css'

interface MeterProps {
  /** 0 to 1. */
  share: number
  tone?: 'accent' | 'good' | 'warning' | 'error'
}

/** A share as a bar, beside the number that says the same. */
export const Meter = ({ share, tone = 'accent' }: MeterProps) => (
  <span className="meter" aria-hidden="true">
    <span className={`meter-part meter-${tone}`} style={{ inlineSize: `${Math.min(1, Math.max(0, share)) * 100}%` }} />
  </span>
)
