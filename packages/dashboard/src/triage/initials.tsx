import type { AssigneeJson } from '@foghorn/server'
import './initials.css'

const lettersOf = (name: string): string => {
  const words = name
    .replace(/^#/, '')
    .split(/[\s@._-]+/)
    .filter(Boolean)
  return [words[0], words[1]]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}

/** Who has an issue, in little room. */
export const Initials = ({ assignee }: { assignee: AssigneeJson | null }) =>
  assignee ? (
    <span className={`initials initials-${assignee.type}`} title={assignee.name} aria-hidden="true">
      {lettersOf(assignee.name)}
    </span>
  ) : (
    <span className="initials initials-nobody" aria-hidden="true" />
  )
