import type { Kysely, Migration, MigrationProvider } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'
import type { Differences } from '../differences.ts'
import type { EventDays } from '../event-days.ts'
import type { TextIndex } from '../text-index.ts'
import { up as core } from './0001-core.ts'
import { up as artifacts } from './0002-artifacts.ts'
import { up as feedback } from './0003-feedback.ts'
import { up as ingest } from './0004-ingest.ts'
import { up as lateMaps } from './0005-late-maps.ts'
import { up as artifactUsage } from './0006-artifact-usage.ts'
import { up as operation } from './0007-operation.ts'
import { up as accounts } from './0008-accounts.ts'
import { up as mapUse } from './0009-map-use.ts'
import { up as remains } from './0010-remains.ts'
import { up as issueLife } from './0011-issue-life.ts'
import { up as groupingVersion } from './0012-grouping-version.ts'
import { up as releases } from './0013-releases.ts'
import { up as signOn } from './0014-sign-on.ts'
import { up as teamAccess } from './0015-team-access.ts'
import { up as search } from './0016-search.ts'
import { up as objectives } from './0017-objectives.ts'
import { up as scriptNames } from './0018-script-names.ts'
import { up as alerts } from './0020-alerts.ts'
import { up as alertGrades } from './0021-alert-grades.ts'
import { up as tickets } from './0022-tickets.ts'
import { up as savedViews } from './0024-saved-views.ts'
import { up as vitalTargets } from './0025-vital-targets.ts'
import { up as removedProjects } from './0026-removed-projects.ts'
import { up as subscriptions } from './0027-subscriptions.ts'
import { up as severalProcesses } from './0028-several-processes.ts'
import { up as blobs } from './0040-blobs.ts'
import { up as eventDays } from './0041-event-days.ts'
import { up as failedUploads } from './0042-failed-uploads.ts'

type Up = (db: Kysely<unknown>, types: ColumnTypes, index: TextIndex, days: EventDays) => Promise<void>

// Forward only: a migration that has been released is never edited, and none goes back.
const MIGRATIONS: Record<string, Up> = {
  '0001-core': core,
  '0002-artifacts': artifacts,
  '0003-feedback': feedback,
  '0004-ingest': ingest,
  '0005-late-maps': lateMaps,
  '0006-artifact-usage': artifactUsage,
  '0007-operation': operation,
  '0008-accounts': accounts,
  '0009-map-use': mapUse,
  '0010-remains': remains,
  '0011-issue-life': issueLife,
  '0012-grouping-version': groupingVersion,
  '0013-releases': releases,
  '0014-sign-on': signOn,
  '0015-team-access': teamAccess,
  '0016-search': search,
  '0017-objectives': objectives,
  '0018-script-names': scriptNames,
  '0020-alerts': alerts,
  '0021-alert-grades': alertGrades,
  '0022-tickets': tickets,
  '0024-saved-views': savedViews,
  '0025-vital-targets': vitalTargets,
  '0026-removed-projects': removedProjects,
  '0027-subscriptions': subscriptions,
  '0028-several-processes': severalProcesses,
  '0040-blobs': blobs,
  '0041-event-days': eventDays,
  '0042-failed-uploads': failedUploads,
}

/** Migrations that a store has not been through. */
export const pendingMigrations = (done: readonly string[]): string[] =>
  Object.keys(MIGRATIONS).filter((name) => !done.includes(name))

/** Migrations of a store that this version does not know: a newer one wrote it. */
export const unknownMigrations = (done: readonly string[]): string[] =>
  done.filter((name) => !Object.hasOwn(MIGRATIONS, name))

export const migrations = ({ types, textIndex, eventDays: days }: Differences): MigrationProvider => ({
  getMigrations: async () => {
    const named: Record<string, Migration> = {}
    for (const [name, up] of Object.entries(MIGRATIONS)) named[name] = { up: (db) => up(db, types, textIndex, days) }
    return named
  },
})
