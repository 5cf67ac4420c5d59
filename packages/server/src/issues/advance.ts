// What becomes of an issue by what people order and what happens to it. Knows no store and no clock.
import type {
  Command,
  Encounters,
  Entry,
  Happening,
  IgnoreCondition,
  IgnoredUntil,
  Life,
  Occasion,
  Substatus,
  Threshold,
  Transition,
} from './life.ts'
import { SET_PRIORITY } from './priority.ts'

type Step<Input> = (life: Life, input: Input, occasion: Occasion) => Transition

const unchanged = (life: Life): Transition => ({ life, entry: undefined })

const open = (life: Life, now: number): Life => ({
  ...life,
  status: 'unresolved',
  substatus: null,
  resolution: null,
  ignoredUntil: null,
  resolvedAt: null,
  reopenedAt: life.status === 'unresolved' ? life.reopenedAt : now,
})

const RESOLVED_ENTRY = {
  now: 'set_resolved',
  release: 'set_resolved_in_release',
  'next-release': 'set_resolved_in_release',
  commit: 'set_resolved_in_commit',
} as const

const resolve: Step<Extract<Command, { type: 'resolve' }>> = (life, { resolution }, { now }) => {
  if (life.status === 'resolved' && JSON.stringify(life.resolution) === JSON.stringify(resolution))
    return unchanged(life)
  const { by, ...data } = resolution
  return {
    life: {
      ...open(life, now),
      status: 'resolved',
      resolution,
      resolvedAt: life.resolvedAt ?? now,
      reopenedAt: life.reopenedAt,
    },
    entry: { type: RESOLVED_ENTRY[by], data, ...(resolution.by === 'release' && { release: resolution.version }) },
  }
}

const unresolve: Step<Extract<Command, { type: 'unresolve' }>> = (life, _command, { now }) =>
  life.status === 'unresolved' && life.substatus !== 'in_progress'
    ? unchanged(life)
    : { life: open(life, now), entry: { type: 'set_unresolved', data: {} } }

const start: Step<Extract<Command, { type: 'start' }>> = (life, _command, { now }) =>
  life.substatus === 'in_progress'
    ? unchanged(life)
    : { life: { ...open(life, now), substatus: 'in_progress' }, entry: { type: 'set_in_progress', data: {} } }

const putAway = (life: Life, substatus: Substatus, ignoredUntil: IgnoredUntil | null): Life => ({
  ...life,
  status: 'ignored',
  substatus,
  ignoredUntil,
  resolution: null,
  resolvedAt: null,
})

const ignore: Step<Extract<Command, { type: 'ignore' }>> = (life, { until, counted }, { now }) => ({
  life: putAway(life, 'archived_until_condition_met', {
    ...until,
    since: now,
    eventsBefore: counted.events,
    usersBefore: counted.users,
  }),
  entry: { type: 'set_ignored', data: { ...until } },
})

const archive: Step<Extract<Command, { type: 'archive' }>> = (life) =>
  life.substatus === 'archived_forever'
    ? unchanged(life)
    : { life: putAway(life, 'archived_forever', null), entry: { type: 'set_ignored', data: { forever: true } } }

const assign: Step<Extract<Command, { type: 'assign' }>> = (life, { to, why }) => {
  if (JSON.stringify(to) === JSON.stringify(life.assignee)) return unchanged(life)
  const entry: Entry = to
    ? { type: 'assigned', data: { assignee: String(to.id), assigneeType: to.type, ...(why !== undefined && { why }) } }
    : { type: 'unassigned', data: {} }
  return { life: { ...life, assignee: to }, entry }
}

const prioritise: Step<Extract<Command, { type: 'prioritise' }>> = (life, { level }) => {
  const priority = SET_PRIORITY[level]
  if (life.priorityLocked && life.priority === priority) return unchanged(life)
  return {
    life: { ...life, priority, priorityLocked: true },
    entry: { type: 'set_priority', data: { priority: level } },
  }
}

const exceeds = (threshold: Threshold | null, more: number, inWindow: number): boolean =>
  threshold !== null && (threshold.windowMs === null ? more : inWindow) >= threshold.count

/** What has come true of the condition. */
const met = (until: IgnoredUntil, encounters: Encounters, now: number): keyof IgnoreCondition | undefined => {
  if (until.time !== null && until.time <= now) return 'time'
  const { events, users, eventsInWindow, usersInWindow } = encounters
  if (exceeds(until.events, events - until.eventsBefore, eventsInWindow)) return 'events'
  return exceeds(until.users, users - until.usersBefore, usersInWindow) ? 'users' : undefined
}

const comeBack = (life: Life, because: keyof IgnoreCondition, now: number): Transition => ({
  life: open(life, now),
  entry: { type: 'set_unresolved', data: { because, condition: life.ignoredUntil } },
})

const regress = (life: Life, release: string | null, now: number): Transition => ({
  life: { ...open(life, now), substatus: 'regressed' },
  entry: {
    type: 'set_regression',
    data: { version: release, resolution: life.resolution },
    ...(release !== null && { release }),
  },
})

const seen: Step<Extract<Happening, { type: 'seen' }>> = (life, { release, bringsBack, encounters }, { now }) => {
  if (life.status === 'resolved') return bringsBack ? regress(life, release, now) : unchanged(life)
  const because = life.ignoredUntil && met(life.ignoredUntil, encounters, now)
  return because ? comeBack(life, because, now) : unchanged(life)
}

const timePassed: Step<Extract<Happening, { type: 'time-passed' }>> = (life, _happening, { now }) => {
  const time = life.ignoredUntil?.time ?? null
  return time !== null && time <= now ? comeBack(life, 'time', now) : unchanged(life)
}

type Input = Command | Happening

const STEPS: { [Type in Input['type']]: Step<Extract<Input, { type: Type }>> } = {
  resolve,
  unresolve,
  start,
  ignore,
  archive,
  assign,
  prioritise,
  seen,
  'time-passed': timePassed,
}

/** What an issue is after an order or a happening, and what its feed tells of it. */
export const advance = (life: Life, input: Input, occasion: Occasion): Transition => {
  const { life: after, entry } = (STEPS[input.type] as Step<Input>)(life, input, occasion)
  if (!entry || !occasion.byPerson) return { life: after, entry }
  return { life: { ...after, acknowledgedAt: after.acknowledgedAt ?? occasion.now }, entry }
}
