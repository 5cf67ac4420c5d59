import type { AccountTables } from './account-tables.ts'
import type { ArtifactTables } from './artifact-tables.ts'
import type { CoreTables } from './core-tables.ts'
import type { FeedbackTables } from './feedback-tables.ts'
import type { GroupingTables } from './grouping-tables.ts'
import type { IngestTables } from './ingest-tables.ts'
import type { OperationTables } from './operation-tables.ts'

/** Every table of the main store. */
export interface Tables
  extends CoreTables, ArtifactTables, FeedbackTables, GroupingTables, IngestTables, OperationTables, AccountTables {}
