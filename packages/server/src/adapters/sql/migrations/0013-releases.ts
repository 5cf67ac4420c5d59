import { sql, type Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

const createRepositories = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await types
    .id(db.schema.createTable('repository'))
    .addColumn('organization_id', types.bigint, (column) => column.notNull())
    .addColumn('name', types.text, (column) => column.notNull())
    .addColumn('url', types.text)
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .addUniqueConstraint('repository_name', ['organization_id', 'name'])
    .execute()
  await sql`
    insert into repository (organization_id, name, created_at)
    select release.organization_id, release_commit.repository, min(release.created_at)
    from release_commit join release on release.id = release_commit.release_id
    where release_commit.repository is not null
    group by release.organization_id, release_commit.repository`.execute(db)
}

// A list shows these of each release, and must not count rows for it.
const addFigures = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await db.schema.alterTable('release').addColumn('last_commit_id', types.text).execute()
  await db.schema
    .alterTable('release')
    .addColumn('commit_count', types.bigint, (column) => column.notNull().defaultTo(0))
    .execute()
  await sql`
    update release set
      commit_count = (select count(*) from release_commit where release_id = release.id),
      last_commit_id = (select commit_id from release_commit where release_id = release.id order by position limit 1)
  `.execute(db)
  for (const name of ['first_event_at', 'last_event_at'])
    await db.schema.alterTable('release_project').addColumn(name, types.bigint).execute()
  await db.schema
    .alterTable('release_project')
    .addColumn('new_issues', types.bigint, (column) => column.notNull().defaultTo(0))
    .execute()
}

const addIndexes = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema.createIndex('release_by_organization').on('release').columns(['organization_id', 'id']).execute()
  await db.schema
    .createIndex('issue_by_first_release')
    .on('issue')
    .columns(['project_id', 'first_release', 'id'])
    .where(sql.ref('first_release'), 'is not', null)
    .execute()
  await db.schema.createIndex('script_by_release').on('script').columns(['project_id', 'release', 'id']).execute()
}

// Releases that only clients have told of: from now on they are made when the first event or session of them comes.
const recallReleases = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create temporary table told_release as
      select project_id, first_release as version, first_seen as at, first_seen as event_at, 1 as new_issues
      from issue where first_release is not null and first_release <> ''
      union all
      select project_id, last_release, last_seen, last_seen, 0
      from issue where last_release is not null and last_release <> ''
      union all
      select project_id, release, started_at, null, 0 from client_session where release <> ''
      union all
      select project_id, release, hour, null, 0 from session_count where release <> ''`.execute(db)
  await sql`
    insert into release (organization_id, version, status, created_at)
    select project.organization_id, told_release.version, 'open', min(told_release.at)
    from told_release join project on project.id = told_release.project_id
    group by project.organization_id, told_release.version
    order by min(told_release.at)
    on conflict (organization_id, version) do nothing`.execute(db)
  await sql`
    insert into release_project (release_id, project_id, first_event_at, last_event_at, new_issues)
    select release.id, project.id, min(event_at), max(event_at), sum(told_release.new_issues)
    from told_release
      join project on project.id = told_release.project_id
      join release on release.organization_id = project.organization_id and release.version = told_release.version
    group by release.id, project.id
    on conflict (release_id, project_id) do update set
      first_event_at = excluded.first_event_at,
      last_event_at = excluded.last_event_at,
      new_issues = excluded.new_issues`.execute(db)
  await sql`drop table told_release`.execute(db)
}

export const up = async (db: Kysely<unknown>, types: ColumnTypes): Promise<void> => {
  await createRepositories(db, types)
  await addFigures(db, types)
  await addIndexes(db)
  await recallReleases(db)
}
