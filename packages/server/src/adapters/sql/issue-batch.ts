import type { Selectable, Transaction } from 'kysely'
import type { LeanEvent } from '../../event.ts'
import type { Severity } from '../../ingest/classify.ts'
import type { IssueReference } from '../../ports/events.ts'
import { severityOf, tagsOf, userKey } from '../../event-facets.ts'
import { liveThrough } from './issue-encounters.ts'
import { headlineColumns } from './issue-changes.ts'
import { countTags, countUsers, type IssueCounts } from './batch-counts.ts'
import { findIssue, learnHashes } from './issue-hashes.ts'
import { LIFE_COLUMNS } from './issue-life-rows.ts'
import { createIssue } from './new-issue.ts'
import { projectOwners, type ProjectOwners } from './project-owners.ts'
import type { Tables } from './tables.ts'

type Write = Transaction<Tables>

const COLUMNS = [
  ...LIFE_COLUMNS,
  'number',
  'severity',
  'event_count',
  'user_count',
  'first_seen',
  'last_seen',
  'last_release',
  'recent_events',
  'usual_events',
  'rated_at',
  'calm_at',
] as const

type IssueRow = Pick<Selectable<Tables['issue']>, (typeof COLUMNS)[number]>

/** What a batch changes in one issue, collected so that each of its rows is written once. */
interface IssueChange extends IssueCounts {
  before: IssueRow
  projectId: number
  /** The event that the issue begins with, if it does within this batch. */
  first: LeanEvent | undefined
  /** What is told of each event, in the order in which they came. */
  placed: Map<LeanEvent, Placed>
  times: number
  firstSeen: number
  /** The event that happened last; undefined when the issue has a newer one. */
  newest: LeanEvent | undefined
}

export interface Placed {
  issue: IssueReference
  /** `returned`: an ignored one whose condition came true. Certain once the batch is saved. */
  change: 'new' | 'seen' | 'regressed' | 'returned'
}

/** Gives each event of a batch its issue, and writes what that changed once for all. */
export interface IssueBatch {
  place(event: LeanEvent): Promise<Placed>
  /** Gives the issues that changed; whoever listens is to be told of them with `noteChanged`. */
  save(): Promise<number[]>
}

const addTo = (change: IssueChange, event: LeanEvent): void => {
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

/** The newest event gives the headline. */
const headlineOf = ({ newest, before }: IssueChange) =>
  newest && {
    last_seen: newest.happenedAt,
    ...headlineColumns(newest.headline),
    level: newest.payload.level,
    last_release: newest.payload.release ?? before.last_release,
  }

interface Saving {
  db: Write
  now: number
  owners: ProjectOwners
}

interface Totals {
  events: number
  users: number
}

/** What becomes of the issue by what has come; tells it of the event that brought it back. */
const live = async ({ db, now, owners }: Saving, issueId: number, change: IssueChange, totals: Totals) => {
  const { before, projectId, placed, users, newest, first } = change
  const encounter = {
    issueId,
    projectId,
    before,
    events: [...placed.keys()],
    users: users.keys(),
    totals,
    severity: (newest && severityOf(newest.payload)) ?? (before.severity as Severity),
    owner: first && (await owners.assigneeOf(first)),
  }
  const { columns, broughtBack } = await liveThrough(db, encounter, now)
  if (broughtBack) placed.get(broughtBack.event)!.change = broughtBack.change
  return columns
}

const saveChange = async (
  saving: Saving,
  issueId: number,
  { change, newUsers }: { change: IssueChange; newUsers: number },
): Promise<void> => {
  const { before, times, firstSeen } = change
  const totals = { events: before.event_count + times, users: before.user_count + newUsers }
  await saving.db
    .updateTable('issue')
    .set({
      event_count: totals.events,
      user_count: totals.users,
      first_seen: firstSeen,
      ...(await live(saving, issueId, change, totals)),
      // One that was closed because its events had gone elsewhere.
      merged_into: null,
      ...headlineOf(change),
    })
    .where('id', '=', issueId)
    .execute()
}

const saveChanges = async (saving: Saving, changes: ReadonlyMap<number, IssueChange>): Promise<void> => {
  const newUsers = await countUsers(saving.db, changes)
  await countTags(saving.db, changes)
  for (const [id, change] of changes) await saveChange(saving, id, { change, newUsers: newUsers.get(id) ?? 0 })
}

const readIssue = (db: Write, id: number): Promise<IssueRow> =>
  db.selectFrom('issue').select(COLUMNS).where('id', '=', id).executeTakeFirstOrThrow()

const readSlug = async (db: Write, projectId: number): Promise<string> =>
  (await db.selectFrom('project').select('slug').where('id', '=', projectId).executeTakeFirstOrThrow()).slug

export const createIssueBatch = (db: Write, now: number): IssueBatch => {
  const saving: Saving = { db, now, owners: projectOwners(db) }
  const changes = new Map<number, IssueChange>()
  const issuesByKeys = new Map<string, number>()
  const slugs = new Map<number, string>()

  const issueOf = async (event: LeanEvent): Promise<{ id: number; isNew: boolean }> => {
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

  const changeOf = async ({ id, isNew }: { id: number; isNew: boolean }, event: LeanEvent): Promise<IssueChange> => {
    const known = changes.get(id)
    if (known) return known
    const read = await readIssue(db, id)
    // What a merge has emptied says nothing about what comes now.
    const before = read.event_count === 0 ? { ...read, first_seen: Infinity, last_seen: 0 } : read
    const change: IssueChange = {
      before,
      projectId: event.projectId,
      first: isNew ? event : undefined,
      placed: new Map(),
      times: 0,
      firstSeen: before.first_seen,
      newest: undefined,
      users: new Map(),
      tags: new Map(),
    }
    changes.set(id, change)
    return change
  }

  const slugOf = async (projectId: number): Promise<string> => {
    const slug = slugs.get(projectId) ?? (await readSlug(db, projectId))
    slugs.set(projectId, slug)
    return slug
  }

  return {
    place: async (event) => {
      const { id, isNew } = await issueOf(event)
      const change = await changeOf({ id, isNew }, event)
      addTo(change, event)
      const shortId = `${(await slugOf(event.projectId)).toUpperCase()}-${change.before.number}`
      const placed: Placed = {
        issue: { id, projectId: event.projectId, shortId },
        change: isNew ? 'new' : 'seen',
      }
      change.placed.set(event, placed)
      return placed
    },
    save: async () => {
      await saveChanges(saving, changes)
      return [...changes.keys()]
    },
  }
}
