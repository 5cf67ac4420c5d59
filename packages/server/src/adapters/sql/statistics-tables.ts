export interface StatisticsTables {
  session_hour: { project_id: number; hour: number; sessions: number; crashed: number }
  objective: { project_id: number; kind: string; target: number; window_days: number }
}
