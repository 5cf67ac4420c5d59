import type { OutcomeJson, OutcomeSeriesJson } from '@foghorn/server'
import type { ChartColor } from '../ui/chart/chart-data.ts'

export type OutcomeName = OutcomeJson['outcome']

/** What can become of what comes in, in the order in which bars stand on each other. */
export const OUTCOMES: Record<OutcomeName, { name: string; color: ChartColor; about: string }> = {
  accepted: { name: 'Accepted', color: '--chart-1', about: 'stored' },
  duplicate: { name: 'Duplicate', color: '--chart-6', about: 'sent again; stored once' },
  discarded: { name: 'Discarded by clients', color: '--chart-3', about: 'never sent' },
  filtered: { name: 'Filtered', color: '--chart-5', about: 'not wanted by the project’s settings' },
  limited: { name: 'Over a limit', color: '--chart-2', about: 'turned away' },
  unsupported: { name: 'Not supported', color: '--chart-4', about: 'of a kind that is not kept' },
  failed: { name: 'Failed', color: '--chart-error', about: 'could not be read' },
}

/** What a reason means, and what can be done. Reasons of clients that are not known stay as they are. */
const REASONS: Record<string, string> = {
  extension: 'Thrown by browser extensions.',
  crawler: 'From crawlers and bots.',
  localhost: 'From localhost.',
  'legacy-browser': 'From browsers that are too old.',
  hydration: 'Hydration errors of React.',
  'third-party': 'From scripts of other hosts.',
  release: 'From releases that the settings filter.',
  message: 'With messages that the settings filter.',
  'grouping-rule': 'A grouping rule drops them.',
  quota: 'More events in a minute than the project takes. Raise its limit if they are wanted.',
  key_quota: 'More events in a minute than a key takes. Raise the limit if they are wanted.',
  address_quota: 'More events in a minute than one address may send.',
  spike: 'Far more than usual in the project: spike protection holds them back.',
  issue_spike: 'Far more than usual of one issue: spike protection holds them back.',
  too_large: 'Larger than 1 MB. Send less data with each event.',
  dead_letter: 'Could not be digested five times; it is among the dead letters.',
  unreadable: 'Not what its kind says. Update the client, or look at what sends it.',
  no_event: 'Does not say to which event it belongs.',
  item_type: 'Of a kind that is not kept, such as replays or profiles. Turn it off in the client.',
  unsupported: 'Of a kind that is not kept. Clients are told not to send it.',
  sample_rate: 'Left out by sampling, as the client is set up.',
  before_send: 'beforeSend of the page dropped them.',
  ignored: 'Match ignoreErrors of the page.',
  not_allowed_url: 'From scripts that allowUrls of the page does not name.',
  denied_url: 'From scripts that denyUrls of the page names.',
  script_error: '“Script error.” without any stack: load scripts with crossorigin="anonymous".',
  resize_observer: 'Harmless notices of ResizeObserver.',
  aborted: 'Requests that the page gave up itself.',
  duplicate: 'The same error twice in a row.',
  repeat: 'Repeats of one error; its event tells how many.',
  flood: 'More in a short time than a client sends.',
  cache_overflow: 'The browser was offline for long, or could not send: its buffer was full.',
  queue_overflow: 'The client’s queue was full.',
  ratelimit_backoff: 'The client had been told to wait.',
  network_error: 'The network failed, and the client does not try again.',
  send_error: 'The service refused them for good.',
  event_processor: 'A processor of the page dropped them.',
  internal_sdk_error: 'The client failed itself.',
}

export const explainReason = (reason: string): string | undefined => REASONS[reason]

/** Series of one chart: everything by what became of it, without what never happened. */
export const byOutcome = ({ groups }: OutcomeSeriesJson, category: string | undefined) => {
  const sums = new Map<OutcomeName, number[]>()
  for (const group of groups) {
    if (category !== undefined && group.category !== category) continue
    const known = sums.get(group.outcome) ?? group.series.map(() => 0)
    sums.set(
      group.outcome,
      known.map((sum, at) => sum + (group.series[at] ?? 0)),
    )
  }
  return (Object.keys(OUTCOMES) as OutcomeName[]).flatMap((outcome) => {
    const values = sums.get(outcome)
    return values ? [{ outcome, values, total: values.reduce((sum, value) => sum + value, 0) }] : []
  })
}

export const categoriesOf = ({ groups }: OutcomeSeriesJson): string[] =>
  [...new Set(groups.map(({ category }) => category))].toSorted()
