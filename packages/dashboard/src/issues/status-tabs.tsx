import { STATUS_FILTERS, STATUS_NAMES, statusOf, type StatusFilter } from './search.ts'

interface StatusTabsProps {
  query: string
  onChange: (status: StatusFilter) => void
}

export const StatusTabs = ({ query, onChange }: StatusTabsProps) => {
  const current = statusOf(query)
  return (
    <div className="segments" role="group" aria-label="Status">
      {STATUS_FILTERS.map((status) => (
        <button key={status} type="button" aria-pressed={status === current} onClick={() => onChange(status)}>
          {status === 'all' ? 'All' : STATUS_NAMES[status]}
        </button>
      ))}
    </div>
  )
}
