import { type Period, PERIODS } from './period.ts'

interface PeriodPickerProps {
  period: Period
  /** Those on offer; all when absent. */
  among?: readonly Period[]
  onChange: (period: Period) => void
}

export const PeriodPicker = ({ period, among = Object.keys(PERIODS) as Period[], onChange }: PeriodPickerProps) => (
  <div className="segments" role="group" aria-label="Period">
    {among.map((one) => (
      <button
        key={one}
        type="button"
        aria-pressed={one === period}
        title={PERIODS[one].words}
        onClick={() => onChange(one)}
      >
        {PERIODS[one].name}
      </button>
    ))}
  </div>
)
