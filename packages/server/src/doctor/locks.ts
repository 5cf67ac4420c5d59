import { lockSettings } from '../adapters/postgres/inspect.ts'
import { partitionsOfDays } from '../adapters/postgres/event-days.ts'
import type { MainDatabase } from '../adapters/sql/main-database.ts'
import type { Finding } from './finding.ts'

/** The table of locks has room for so many holders of each. */
const HOLDERS = 2
/** What is asked about one day, or by an ID, takes few locks: of all connections, half ask about all days at once. */
const ASKING = 0.5
const STEP = 64

interface Asked {
  /** Connections that a process may open. */
  connections: number
  /** Days that events are kept. */
  days: number
}

/** Whether the server has locks enough for questions about all days of events, in each of which a partition and its indexes are locked. */
export const locksFinding = async (
  db: MainDatabase,
  { connections, days }: Asked,
): Promise<Omit<Finding, 'check'>[]> => {
  const { perTransaction, transactions, open, partitions, relations } = await lockSettings(db)
  const each = Math.max(partitions, partitionsOfDays(days)) * relations
  const asking = Math.ceil(Math.max(connections, open) * ASKING)
  const room = perTransaction * transactions * HOLDERS
  if (each * asking <= room) return []
  const enough = Math.ceil((each * asking) / (transactions * HOLDERS) / STEP) * STEP
  const finding = `A question about all days of events may take ${each} locks, and ${asking} at once ${each * asking}; max_locks_per_transaction = ${perTransaction} gives room for ${room}.`
  const advice = `Set max_locks_per_transaction = ${enough} in the server's configuration and restart it: otherwise questions may fail with "out of shared memory".`
  return [{ severity: 'warning', finding, advice }]
}
