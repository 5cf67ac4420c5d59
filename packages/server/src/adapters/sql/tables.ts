import type { AccountTables } from './account-tables.ts'
import type { AlertTables } from './alert-tables.ts'
import type { ArtifactTables } from './artifact-tables.ts'
import type { CoreTables } from './core-tables.ts'
import type { FeedbackTables } from './feedback-tables.ts'
import type { GroupingTables } from './grouping-tables.ts'
import type { IngestTables } from './ingest-tables.ts'
import type { IssueLifeTables } from './issue-life-tables.ts'
import type { OperationTables } from './operation-tables.ts'
import type { ReleaseTables } from './release-tables.ts'
import type { SearchTables } from './search-tables.ts'
import type { StatisticsTables } from './statistics-tables.ts'
import type { TicketTables } from './ticket-tables.ts'
import type { ViewTables } from './view-tables.ts'

/** Every table of the main store. */
export interface Tables
  extends
    CoreTables,
    ArtifactTables,
    FeedbackTables,
    GroupingTables,
    IngestTables,
    IssueLifeTables,
    OperationTables,
    ReleaseTables,
    SearchTables,
    StatisticsTables,
    AccountTables,
    AlertTables,
    TicketTables,
    ViewTables {}
