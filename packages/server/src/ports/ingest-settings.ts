import type { IngestSettings } from '../ingest/ingest-settings.ts'

export interface IngestSettingsStore {
  /** The defaults when the project has decided nothing. */
  get(projectId: number): Promise<IngestSettings>
  set(projectId: number, settings: IngestSettings): Promise<void>
}
