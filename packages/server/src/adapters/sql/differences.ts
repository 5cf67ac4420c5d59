import type { Dialect, DialectAdapter, Kysely, Transaction } from 'kysely'
import type { ColumnTypes } from './column-types.ts'
import type { EventDays } from './event-days.ts'
import type { Tables } from './tables.ts'
import type { TextIndex } from './text-index.ts'

type Write = Transaction<Tables>

/** Work that one process at a time does: what is told on a channel, is done in a ticket system, a pass over events. */
export type Claimable = 'channel' | 'ticket_system' | 'regroup_job'

/** All in which the databases differ for the stores; the rest is SQL that each of them understands. */
export interface Differences {
  readonly types: ColumnTypes
  readonly textIndex: TextIndex
  readonly eventDays: EventDays
  /**
   * A transaction that writes to these projects alone, and beside that only what many can add to. Others that do so for
   * other projects may run at the same time; those of `db.transaction()` never do.
   */
  transactionOn<Result>(
    db: Kysely<Tables>,
    projectIds: Iterable<number>,
    work: (db: Write) => Promise<Result>,
  ): Promise<Result>
  /** What this process is called in claims and notes; it is the same after a restart where no other can be there. */
  readonly process: string
  /**
   * Takes work for this process that no other has taken; gives which. What is taken again by the same is kept for longer, and
   * what is not is free for others after half a minute.
   */
  claim(db: Kysely<Tables>, work: Claimable, asked: { ids: readonly number[]; now: number }): Promise<number[]>
  /** What follows, up to the end of the transaction, is done by one at a time. */
  takeTurn(db: Write): Promise<void>
  /** False while it is elsewhere and cannot be asked: what fails by that would fail again. */
  isAnswering(db: Kysely<Tables>): Promise<boolean>
  /** Runs what erases something, so that nothing of it stays readable in the database's files. */
  erasing<Result>(db: Kysely<Tables>, work: () => Promise<Result>): Promise<Result>
  /** Gives some space that nothing needs any more back to the disk; false when there was none. */
  releaseSpace(db: Kysely<Tables>): Promise<boolean>
}

/** The dialect's own adapter, which also tells what is different in it. */
export const tellingDifferences = (adapter: DialectAdapter, differences: Differences): DialectAdapter =>
  Object.assign(adapter, { differences })

/** What is different in the database that is behind this. */
export const differencesOf = (db: Kysely<Tables>): Differences =>
  (db.getExecutor().adapter as ReturnType<Dialect['createAdapter']> & { differences: Differences }).differences
