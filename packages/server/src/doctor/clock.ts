import type { Config } from '../config.ts'
import { findingsOr, type Check } from './finding.ts'
import { withStore } from './with-store.ts'

const TOLERATED_MS = 60_000
// Before the first version there were no events.
const EARLIEST = Date.UTC(2026, 0, 1)

const newestReceipt = (config: Config): Promise<number> =>
  withStore(config, async (db) => {
    const row = await db.selectFrom('event').select('received_at').orderBy('id', 'desc').limit(1).executeTakeFirst()
    return row?.received_at ?? 0
  })

export const clock: Check = {
  name: 'clock',
  look: async (config) => {
    const now = Date.now()
    const newest = await newestReceipt(config)
    const isBehind = now < EARLIEST || newest > now + TOLERATED_MS
    const behind = {
      severity: 'error' as const,
      finding: `The clock says ${new Date(now).toISOString()}, but the newest event was received at ${new Date(newest).toISOString()}.`,
      advice: 'Set the clock (NTP): times of events, expiry and retention follow it.',
    }
    return findingsOr('clock', isBehind ? [behind] : [], `The clock says ${new Date(now).toISOString()}.`)
  },
}
