import type { ErrorBudgetJson } from '@foghorn/server'

type Budget = NonNullable<ErrorBudgetJson['budget']>

/** What was left of the budget at the end of each day, as a share of it; below 0 when it is overdrawn. */
export const leftByDay = ({ days, allowed }: Pick<Budget, 'days' | 'allowed'>): { at: number; left: number }[] => {
  let spent = 0
  return days.map(({ day, bad }) => {
    spent += bad
    return { at: Date.parse(`${day}T00:00:00Z`), left: allowed === 0 ? (spent === 0 ? 1 : 0) : 1 - spent / allowed }
  })
}

export type BurnTone = 'good' | 'warning' | 'error'

/** Above 1 the budget does not last; above 6 it is gone within days. */
export const toneOf = (rate: number | null): BurnTone =>
  rate === null || rate <= 1 ? 'good' : rate <= 6 ? 'warning' : 'error'
