import type { IngestSettings, IngestSettingsChange } from '../ingest/ingest-settings.ts'

export interface IngestSettingsStore {
  /** The defaults when the project has decided nothing. */
  get(projectId: number): Promise<IngestSettings>
  /** Changes what is named and leaves the rest, whoever else changes something at the same time. Gives what holds now. */
  change(projectId: number, changes: IngestSettingsChange): Promise<IngestSettings>
}
