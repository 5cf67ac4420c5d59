// What a search asks of issues, as conditions of a query.
import { sql, type RawBuilder } from 'kysely'
import { priorityLevel } from '../../issues/priority.ts'
import type { Assignee, IssueFilter, Period, TextMatch } from '../../ports/issue-search.ts'
import { personKeys } from './event-people.ts'
import { holdsText, isGlob, isLike } from './functions.ts'
import { hourOf } from './hour-counts.ts'
import type { TextIndex } from './text-index.ts'

export interface Condition {
  holds: RawBuilder<boolean>
  /** IDs of all issues for which it holds, by an index; absent where no index can tell, or where most would match. */
  ids?: RawBuilder<{ issue_id: number }>
}

const COLUMN = { times: 'event_count', users: 'user_count', firstSeen: 'first_seen', lastSeen: 'last_seen' } as const

const column = (name: string): RawBuilder<unknown> => sql.ref(`issue.${name}`)

const TRUE = sql<boolean>`1 = 1`
const FALSE = sql<boolean>`1 = 0`

const all = (parts: readonly RawBuilder<boolean>[]): RawBuilder<boolean> =>
  parts.length === 0 ? TRUE : sql`(${sql.join([...parts], sql` and `)})`

const any = (parts: readonly RawBuilder<boolean>[]): RawBuilder<boolean> =>
  parts.length === 0 ? FALSE : sql`(${sql.join([...parts], sql` or `)})`

/** A pattern for `like`, in which only the `*` of the text has a meaning. */
const likeOf = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`).replaceAll('*', '%')

const meets = (target: RawBuilder<unknown>, matches: readonly TextMatch[]): RawBuilder<boolean> => {
  const exact = matches.filter(({ isPattern }) => !isPattern).map(({ text }) => text)
  const patterns = matches.filter(({ isPattern }) => isPattern)
  return any([
    ...(exact.length > 0 ? [sql<boolean>`${target} in (${sql.join(exact)})`] : []),
    ...patterns.map(({ text }) => isLike(target, likeOf(text))),
  ])
}

const STATUSES = sql`'unresolved', 'resolved', 'ignored'`

/** The indexes that lists are sorted by begin with project and status. */
const ranged = (holds: RawBuilder<boolean>, projectIds: readonly number[]): Condition => ({
  holds,
  ids: sql`select issue.id as issue_id from issue
    where issue.project_id in (${sql.join([...projectIds])}) and issue.status in (${STATUSES}) and ${holds}`,
})

const number = ({ field, comparison, value }: Extract<IssueFilter, { on: 'number' }>): RawBuilder<boolean> =>
  sql`${column(COLUMN[field])} ${sql.raw(comparison)} ${value}`

const time = ({ field, from, to }: Extract<IssueFilter, { on: 'time' }>): RawBuilder<boolean> =>
  all([
    ...(from === undefined ? [] : [sql<boolean>`${column(COLUMN[field])} >= ${from}`]),
    ...(to === undefined ? [] : [sql<boolean>`${column(COLUMN[field])} < ${to}`]),
  ])

const assignedTo = (assignee: Assignee): RawBuilder<boolean> => {
  switch (assignee.kind) {
    case 'none':
      return sql`(issue.assigned_account is null and issue.assigned_team is null)`
    case 'me':
      return sql`issue.assigned_account = ${assignee.accountId}`
    case 'my teams':
      return sql`issue.assigned_team in (select team_id from team_member where account_id = ${assignee.accountId})`
    case 'account':
      return sql`issue.assigned_account in (select id from account where email = ${assignee.name.toLowerCase()})`
    case 'team':
      return sql`issue.assigned_team in (select team.id from team where team.slug = ${assignee.slug}
        and team.organization_id = (select organization_id from project where project.id = issue.project_id))`
  }
}

/** The few that somebody has are found by their own indexes; those that nobody has are most. */
const assigned = (assignees: readonly Assignee[], projectIds: readonly number[]): Condition => {
  const holds = any(assignees.map(assignedTo))
  if (assignees.some(({ kind }) => kind === 'none')) return { holds }
  const each = assignees.map(
    (assignee) => sql`select issue.id as issue_id from issue
      where issue.project_id in (${sql.join([...projectIds])}) and ${assignedTo(assignee)}`,
  )
  return { holds, ids: sql.join(each, sql` union all `) as Condition['ids'] & object }
}

const tag = (key: string, matches: readonly TextMatch[] | 'any'): Condition => {
  const value = matches === 'any' ? TRUE : meets(sql.ref('issue_tag.value'), matches)
  const isExact = matches !== 'any' && matches.every(({ isPattern }) => !isPattern)
  return {
    holds: sql`exists (select 1 from issue_tag where issue_tag.issue_id = issue.id and issue_tag.key = ${key} and ${value})`,
    ...(isExact && { ids: sql`select issue_id from issue_tag where key = ${key} and ${value}` }),
  }
}

/** As an index can use it: `glob` with a bound pattern does not tell where to begin. */
const personMeets = (match: TextMatch): RawBuilder<boolean> => {
  if (!match.isPattern) return sql`issue_user.user_key = ${match.text}`
  const prefix = match.text.slice(0, match.text.indexOf('*'))
  const key = sql.ref('issue_user.user_key')
  return sql`(${key} >= ${prefix} and ${key} < ${`${prefix}\u{10FFFF}`} and ${isGlob(key, match.text)})`
}

const person = (matches: readonly TextMatch[]): Condition => {
  const met = any(matches.map(personMeets))
  return {
    holds: sql`exists (select 1 from issue_user where issue_user.issue_id = issue.id and ${met})`,
    ids: sql`select issue_id from issue_user where ${met}`,
  }
}

const personBy = (
  by: 'id' | 'email' | 'ip',
  matches: readonly TextMatch[],
  projectIds: readonly number[],
): Condition => {
  const keys = matches.flatMap(({ text }) => personKeys({ [by]: text }))
  const events = sql`event_person join event on event.id = event_person.event_id
    where event_person.person in (${sql.join(keys)})`
  return {
    holds: sql`exists (select 1 from ${events} and event_person.project_id = issue.project_id and event.issue_id = issue.id)`,
    ids: sql`select distinct event.issue_id from ${events} and event_person.project_id in (${sql.join([...projectIds])})`,
  }
}

const words = (texts: readonly string[], index: TextIndex): Condition => {
  const found = texts.map((text) => index.holding(text))
  return {
    holds: any(texts.map((text) => holdsText(column('search_text'), sql`${text}`))),
    ...(found.every((one) => one !== undefined) && {
      ids: sql`select issue_id from (${sql.join(found, sql` union `)}) as found`,
    }),
  }
}

const shortId = (text: string): RawBuilder<boolean> => {
  const dash = text.lastIndexOf('-')
  return sql`(issue.number = ${Number(text.slice(dash + 1))} and issue.project_id in
    (select id from project where slug = ${text.slice(0, dash).toLowerCase()}))`
}

const SCORES = Array.from({ length: 101 }, (_, score) => score)

/** IDs of the newest release of each project are looked up before: see `issue-search.ts`. */
export type LatestReleases = ReadonlyMap<number, string>

const latestRelease = (latest: LatestReleases): Condition => {
  const pairs = [...latest].map(
    ([projectId, version]) => sql<boolean>`(issue.project_id = ${projectId} and issue_tag.value = ${version})`,
  )
  return {
    holds: sql`exists (select 1 from issue_tag where issue_tag.issue_id = issue.id and issue_tag.key = 'release' and ${any(pairs)})`,
  }
}

/** Statuses choose where in the indexes to look instead. */
export type Constraint = Exclude<IssueFilter, { on: 'status' }>

export interface Surroundings {
  index: TextIndex
  latest: LatestReleases
  projectIds: readonly number[]
}

const positive = (filter: Constraint, { index, latest, projectIds }: Surroundings): Condition => {
  switch (filter.on) {
    case 'substatus':
      return { holds: sql`issue.substatus = ${filter.substatus}` }
    case 'assignee':
      return assigned(filter.assignees, projectIds)
    case 'number':
      return ranged(number(filter), projectIds)
    case 'time':
      return ranged(time(filter), projectIds)
    case 'level':
      return { holds: sql`issue.level in (${sql.join([...filter.levels])})` }
    case 'priority':
      return ranged(
        sql`issue.priority in (${sql.join(SCORES.filter((score) => filter.levels.includes(priorityLevel(score))))})`,
        projectIds,
      )
    case 'column':
      return {
        holds: meets(column(filter.field === 'firstRelease' ? 'first_release' : 'last_release'), filter.matches),
      }
    case 'tag':
      return tag(filter.key, filter.matches)
    case 'latest release':
      return latestRelease(latest)
    case 'user':
      return filter.by === 'any' ? person(filter.matches) : personBy(filter.by, filter.matches, projectIds)
    case 'words':
      return words(filter.texts, index)
    case 'issue':
      return { holds: any(filter.shortIds.map(shortId)) }
    case 'project':
      return { holds: sql`issue.project_id in (select id from project where slug in (${sql.join([...filter.slugs])}))` }
  }
}

/** Null in a column is not the value that was asked for, so its negation holds there. */
const negate = ({ holds }: Condition): Condition => ({ holds: sql`(${holds}) is not true` })

export const conditionOf = (filter: Constraint, surroundings: Surroundings): Condition => {
  const condition = positive(filter, surroundings)
  return filter.negated ? negate(condition) : condition
}

/** Issues that were seen in one of these environments. */
export const seenIn = (environments: readonly string[]): Condition =>
  tag(
    'environment',
    environments.map((text) => ({ text, isPattern: false })),
  )

/** Issues that were seen within, by whole hours. Their first and last event tell most that were not without counting. */
export const seenWithin = ({ from, to }: Period, environments: readonly string[] | undefined): Condition => {
  const there = environments ? sql<boolean>`issue_hour.environment in (${sql.join([...environments])})` : TRUE
  return {
    holds: sql`issue.last_seen >= ${from} and issue.first_seen < ${to} and exists (
      select 1 from issue_hour where issue_hour.issue_id = issue.id
        and issue_hour.hour >= ${hourOf(from)} and issue_hour.hour < ${to} and ${there})`,
  }
}

export const together = (conditions: readonly Condition[]): RawBuilder<boolean> =>
  all(conditions.map(({ holds }) => holds))
