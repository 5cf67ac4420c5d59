import type { RegroupingJson } from '@foghorn/server'

const REASONS: Record<string, string> = {
  'artifacts-arrived': 'Source maps arrived',
  'artifacts-removed': 'Source maps were deleted',
  'rules-changed': 'Grouping rules changed',
  'version-changed': 'The grouping algorithm was changed',
}

/** Why stored events are read again. */
export const reasonOf = ({ cause, about }: RegroupingJson): string =>
  REASONS[cause] ? `${REASONS[cause]} (${about})` : 'Issues were merged or taken apart'

const MOVES: Record<string, string> = {
  merged: 'by hand',
  unmerged: 'taken out by hand',
  undone: 'merge undone',
}

/** Why events went from one issue to another. */
export const causeOf = (cause: string): string => MOVES[cause] ?? REASONS[cause]?.toLowerCase() ?? cause
