const rowLinks = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-issue-row]')]

const currentRow = (): HTMLElement | null | undefined =>
  document.activeElement?.closest('li')?.querySelector<HTMLElement>('[data-issue-row]')

/** ID of the issue that the keyboard is on. */
export const focusedRow = (): string | undefined => currentRow()?.dataset.issueRow

/** Real focus moves, so that Enter opens the row and screen readers read it, without any code of ours. */
export const moveFocus = (step: 1 | -1): void => {
  const rows = rowLinks()
  const current = rows.findIndex((row) => row === currentRow())
  const next = current === -1 ? rows[0] : rows[current + step]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}
