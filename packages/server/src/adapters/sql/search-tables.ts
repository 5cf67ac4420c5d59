export interface SearchTables {
  issue_hour: { issue_id: number; hour: number; environment: string; quantity: number }
  project_hour: { project_id: number; dimension: string; hour: number; value: string; quantity: number }
}
