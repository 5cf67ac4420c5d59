import type { ArtifactTables } from './artifact-tables.ts'
import type { CoreTables } from './core-tables.ts'

/** Every table of the main store. */
export interface Tables extends CoreTables, ArtifactTables {}
