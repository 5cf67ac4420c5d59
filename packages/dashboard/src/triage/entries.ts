import type { ActivityJson } from '@foghorn/server'
import { ticketSentence } from '../tickets/ticket-entries.ts'
import { detailsOf } from './states.ts'

type Data = Record<string, unknown>

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const withNote = (sentence: string, { note }: Data): string =>
  textOf(note) ? `${sentence}: ${textOf(note)}` : sentence

const assigned = ({ assignee, assigneeType, why }: Data, names: ReadonlyMap<string, string>): string => {
  const key = `${textOf(assigneeType)}:${textOf(assignee)}`
  return `gave it to ${names.get(key) ?? key}${textOf(why) ? `, by the rule ${textOf(why)}` : ''}`
}

const BECAUSE: Record<string, string> = {
  time: 'its time came',
  events: 'it happened often enough',
  users: 'enough people met it',
}

const reopened = ({ because }: Data): string =>
  textOf(because) ? `opened it again: ${BECAUSE[textOf(because)] ?? textOf(because)}` : 'opened it again'

const ignored = ({ time, events, users, forever }: Data): string => {
  if (forever === true) return 'archived it'
  const threshold = (value: unknown) => (value ?? {}) as { count?: number; windowMs?: number | null }
  const minutes = (ms: number | null | undefined) => (ms ? { window: ms / 60_000 } : undefined)
  const [some, people] = [threshold(events), threshold(users)]
  const statusDetails = {
    ...(typeof time === 'number' && { ignoreUntil: new Date(time).toISOString() }),
    ...(some.count && { ignoreCount: some.count }),
    ...(minutes(some.windowMs) && { ignoreWindow: minutes(some.windowMs)!.window }),
    ...(people.count && { ignoreUserCount: people.count }),
    ...(minutes(people.windowMs) && { ignoreUserWindow: minutes(people.windowMs)!.window }),
  }
  return `ignored it ${detailsOf({ status: 'ignored', substatus: null, statusDetails })}`.trim()
}

const resolvedIn = (data: Data): string =>
  textOf(data.version)
    ? withNote(`resolved it in ${textOf(data.version)}`, data)
    : withNote(`resolved it in the release after ${textOf(data.after)}`, data)

const regressed = ({ version }: Data): string => `saw it come back${textOf(version) ? ` in ${textOf(version)}` : ''}`

/** What an entry of the feed says after who did it; undefined for those that only other pages tell. */
export const sentenceOf = (
  { type, data }: Pick<ActivityJson, 'type' | 'data'>,
  names: ReadonlyMap<string, string> = new Map(),
): string => {
  const sentences: Record<string, () => string> = {
    first_seen: () => `saw it first${textOf(data.version) ? ` in ${textOf(data.version)}` : ''}`,
    set_resolved: () => withNote('resolved it', data),
    set_resolved_in_release: () => resolvedIn(data),
    set_resolved_in_commit: () => withNote(`resolved it by commit ${textOf(data.commit).slice(0, 8)}`, data),
    set_unresolved: () => reopened(data),
    set_in_progress: () => 'started work on it',
    set_ignored: () => ignored(data),
    set_regression: () => regressed(data),
    set_priority: () => `set its priority to ${textOf(data.priority)}`,
    assigned: () => assigned(data, names),
    unassigned: () => 'took it from whoever had it',
    merge: () => 'merged other issues into it',
    unmerge_source: () => 'took a part of it out',
    unmerge_destination: () => 'took it out of another issue',
    regrouped: () => 'moved events, because they are read anew',
  }
  return sentences[type]?.() ?? ticketSentence(type, data) ?? type.replaceAll('_', ' ')
}
