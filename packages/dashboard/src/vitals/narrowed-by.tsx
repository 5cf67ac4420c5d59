import { GROUPS, type Group, type Narrowing } from './search.ts'

/** What the figures are narrowed to, each with a button that takes it back. */
export const NarrowedBy = ({ narrowing, onRemove }: { narrowing: Narrowing; onRemove: (group: Group) => void }) => {
  const given = Object.entries(narrowing) as [Group, string][]
  if (given.length === 0) return null
  return (
    <ul className="figures-toolbar" aria-label="Narrowed to">
      {given.map(([group, value]) => (
        <li key={group} className="narrowing">
          <span className="untrusted">
            {GROUPS[group]}: {value}
          </span>
          <button
            type="button"
            className="icon-button"
            aria-label={`Show every ${GROUPS[group].toLowerCase()} again`}
            onClick={() => onRemove(group)}
          >
            ×
          </button>
        </li>
      ))}
    </ul>
  )
}
