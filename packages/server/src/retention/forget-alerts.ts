import type { AlertStore } from '../ports/alerts.ts'
import type { Step } from '../regrouping/background.ts'
import { periodically } from './periodically.ts'

const EVERY_MS = 3_600_000

async function* forget({ forget: forgetSome }: Pick<AlertStore, 'forget'>): AsyncGenerator<void> {
  while (await forgetSome()) yield
}

/** A background task: deletes what rules have counted and what was told, once nobody needs it any more. */
export const forgettingAlerts = (alerts: Pick<AlertStore, 'forget'>, now: () => number): Step =>
  periodically(() => forget(alerts), { everyMs: EVERY_MS, now })
