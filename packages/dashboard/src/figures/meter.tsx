import './figures.css'

interface MeterProps {
  /** 0 to 1. */
  share: number
  tone?: 'accent' | 'good' | 'warning' | 'error'
  /** Of the theme, in place of a tone. */
  color?: `--${string}`
}

/** A share as a bar, beside the number that says the same. */
export const Meter = ({ share, tone = 'accent', color }: MeterProps) => (
  <span className="meter" aria-hidden="true">
    <span
      className={`meter-part meter-${tone}`}
      style={{
        inlineSize: `${Math.min(1, Math.max(0, share)) * 100}%`,
        ...(color && { background: `var(${color})` }),
      }}
    />
  </span>
)
