import { miscounted } from '../adapters/sql/recount.ts'
import { findingsOr, type Check } from './finding.ts'
import { withStore } from './with-store.ts'

const SHOWN = 5

export const counters: Check = {
  name: 'counters',
  look: async (config) => {
    const wrong = await withStore(config, miscounted)
    const found = wrong.slice(0, SHOWN).map(({ issueId, counter, stored, counted }) => ({
      severity: 'error' as const,
      finding: `Issue ${issueId} says ${stored} for ${counter}, a recount gives ${counted}${wrong.length > SHOWN ? ` (one of ${wrong.length})` : ''}.`,
      advice: 'Count again with: foghorn doctor --recount',
    }))
    return findingsOr('counters', found, 'The figures of all issues agree with a recount.')
  },
}
