import { useShortcuts } from '../ui/keyboard.ts'

const rowLinks = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-issue-row]')]

// Real focus moves, so that Enter opens the row and screen readers read it, without any code of ours.
const moveFocus = (step: 1 | -1): void => {
  const rows = rowLinks()
  const current = rows.findIndex((row) => row === document.activeElement)
  const next = current === -1 ? rows[0] : rows[current + step]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}

/** j and k walk through the list, / goes to the search. */
export const useRowKeys = (): void =>
  useShortcuts({
    j: () => moveFocus(1),
    k: () => moveFocus(-1),
    '/': () => document.querySelector<HTMLElement>('input[type=search]')?.focus(),
  })
