import type { LeanEvent } from '../../event.ts'
import { topFrame } from '../../grouping/headline.ts'
import type { Notifier } from '../../ingest/notify.ts'
import { printable, type Logger } from '../../log.ts'

const placeOf = (event: LeanEvent): string => {
  const frame = topFrame(event.stacks.at(-1) ?? [])
  if (!frame?.filename) return ''
  const position =
    frame.lineno === undefined ? '' : `:${frame.lineno}${frame.colno === undefined ? '' : `:${frame.colno}`}`
  return ` at ${frame.function ?? '<anonymous>'} (${frame.filename}${position})`
}

/** Tells of each new or returned issue in one line of the log. */
export const logNotifier = (log: Logger): Notifier => {
  const tell = (what: string) => (event: LeanEvent, shortId: string) =>
    log.info(printable(`${what} ${shortId} ${event.headline.title}${placeOf(event)}`))
  return { issueAppeared: tell('new issue'), issueRegressed: tell('issue is back') }
}
