import type { Transaction } from 'kysely'
import type { GroupedEvent } from '../../event.ts'
import type { IssueReference } from '../../ports/events.ts'
import { tagsOf, userKey } from './event-facets.ts'
import { findIssue, learnHashes } from './issue-hashes.ts'
import { createIssue } from './new-issue.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

type IssueRow = Pick<
  Tables['issue'],
  'number' | 'status' | 'event_count' | 'user_count' | 'first_seen' | 'last_seen' | 'last_release'
>

/** What a batch changes in one issue, collected so that each of its rows is written once. */
interface IssueChange {
  before: IssueRow
  times: number
  firstSeen: number
  /** The event that happened last; undefined when the issue has a newer one. */
  newest: GroupedEvent | undefined
  users: Map<string, number>
  tags: Map<string, { key: string; value: string; times: number }>
}

export interface Placed {
  issue: IssueReference
  change: 'new' | 'seen' | 'regressed'
}

/** Gives each event of a batch its issue, and writes what that changed once for all. */
export interface IssueBatch {
  place(event: GroupedEvent): Promise<Placed>
  save(): Promise<void>
}

const addTo = (change: IssueChange, event: GroupedEvent): void => {
  change.times += event.times
  change.firstSeen = Math.min(change.firstSeen, event.happenedAt)
  if (event.happenedAt >= (change.newest?.happenedAt ?? change.before.last_seen)) change.newest = event
  const user = userKey(event.payload)
  if (user !== undefined) change.users.set(user, (change.users.get(user) ?? 0) + event.times)
  for (const [key, value] of tagsOf(event.payload)) {
    const entry = `${key}\0${value}`
    change.tags.set(entry, { key, value, times: (change.tags.get(entry)?.times ?? 0) + event.times })
  }
}

/** Gives how many of the users are new to the issue. */
const saveUsers = async (db: Write, issueId: number, { users }: IssueChange): Promise<number> => {
  if (users.size === 0) return 0
  const known = await db
    .selectFrom('issue_user')
    .select('user_key')
    .where('issue_id', '=', issueId)
    .where('user_key', 'in', [...users.keys()])
    .execute()
  await db
    .insertInto('issue_user')
    .values([...users].map(([user_key, event_count]) => ({ issue_id: issueId, user_key, event_count })))
    .onConflict((conflict) =>
      conflict
        .columns(['issue_id', 'user_key'])
        .doUpdateSet((eb) => ({ event_count: eb('issue_user.event_count', '+', eb.ref('excluded.event_count')) })),
    )
    .execute()
  return users.size - known.length
}

// SQLite takes 32,766 parameters in one statement.
const TAGS_AT_ONCE = 500

const saveTags = async (db: Write, issueId: number, { tags }: IssueChange): Promise<void> => {
  const rows = [...tags.values()].map(({ key, value, times }) => ({
    issue_id: issueId,
    key,
    value,
    event_count: times,
  }))
  for (let from = 0; from < rows.length; from += TAGS_AT_ONCE)
    await db
      .insertInto('issue_tag')
      .values(rows.slice(from, from + TAGS_AT_ONCE))
      .onConflict((conflict) =>
        conflict
          .columns(['issue_id', 'key', 'value'])
          .doUpdateSet((eb) => ({ event_count: eb('issue_tag.event_count', '+', eb.ref('excluded.event_count')) })),
      )
      .execute()
}

/** The newest event gives the headline. */
const headlineOf = ({ newest, before }: IssueChange) =>
  newest && {
    last_seen: newest.happenedAt,
    title: newest.headline.title,
    culprit: newest.headline.culprit,
    level: newest.payload.level,
    metadata: JSON.stringify(newest.headline.metadata),
    last_release: newest.payload.release ?? before.last_release,
  }

const saveChange = async (db: Write, issueId: number, change: IssueChange): Promise<void> => {
  const newUsers = await saveUsers(db, issueId, change)
  await saveTags(db, issueId, change)
  const { before } = change
  await db
    .updateTable('issue')
    .set({
      event_count: before.event_count + change.times,
      user_count: before.user_count + newUsers,
      first_seen: change.firstSeen,
      status: before.status === 'resolved' ? 'unresolved' : before.status,
      // One that was closed because its events had gone elsewhere.
      merged_into: null,
      ...headlineOf(change),
    })
    .where('id', '=', issueId)
    .execute()
}

const readIssue = (db: Write, id: number): Promise<IssueRow> =>
  db
    .selectFrom('issue')
    .select(['number', 'status', 'event_count', 'user_count', 'first_seen', 'last_seen', 'last_release'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

const readSlug = async (db: Write, projectId: number): Promise<string> =>
  (await db.selectFrom('project').select('slug').where('id', '=', projectId).executeTakeFirstOrThrow()).slug

export const createIssueBatch = (db: Write): IssueBatch => {
  const changes = new Map<number, IssueChange>()
  const issuesByKeys = new Map<string, number>()
  const slugs = new Map<number, string>()

  const issueOf = async (event: GroupedEvent): Promise<{ id: number; isNew: boolean }> => {
    const { projectId, grouping } = event
    // Within a batch no other writer moves hashes, so the same keys lead to the same issue.
    const keys = `${projectId} ${grouping.keys.map(({ hash }) => hash).join(' ')}`
    const known = issuesByKeys.get(keys)
    if (known !== undefined) return { id: known, isNew: false }
    const found = await findIssue(db, projectId, grouping)
    const id = found ?? (await createIssue(db, event))
    await learnHashes(db, { projectId, issueId: id, grouping })
    issuesByKeys.set(keys, id)
    return { id, isNew: found === undefined }
  }

  const changeOf = async (id: number): Promise<{ change: IssueChange; isFirst: boolean }> => {
    const known = changes.get(id)
    if (known) return { change: known, isFirst: false }
    const read = await readIssue(db, id)
    // What a merge has emptied says nothing about what comes now.
    const before = read.event_count === 0 ? { ...read, first_seen: Infinity, last_seen: 0 } : read
    const change: IssueChange = {
      before,
      times: 0,
      firstSeen: before.first_seen,
      newest: undefined,
      users: new Map(),
      tags: new Map(),
    }
    changes.set(id, change)
    return { change, isFirst: true }
  }

  const slugOf = async (projectId: number): Promise<string> => {
    const slug = slugs.get(projectId) ?? (await readSlug(db, projectId))
    slugs.set(projectId, slug)
    return slug
  }

  return {
    place: async (event) => {
      const { id, isNew } = await issueOf(event)
      const { change, isFirst } = await changeOf(id)
      addTo(change, event)
      const seen = isFirst && change.before.status === 'resolved' ? 'regressed' : 'seen'
      const shortId = `${(await slugOf(event.projectId)).toUpperCase()}-${change.before.number}`
      return { issue: { id, projectId: event.projectId, shortId }, change: isNew ? 'new' : seen }
    },
    save: async () => {
      for (const [id, change] of changes) await saveChange(db, id, change)
    },
  }
}
