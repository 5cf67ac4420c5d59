// From the embedded store to PostgreSQL while the service runs, and back while it does not.
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { lockFolder } from '../adapters/sqlite/folder-lock.ts'
import { readContent, type Content } from './compare.ts'
import { copyTables, type Stores } from './copy-tables.ts'
import { applyChanges, stopWatching, watchChanges } from './follow-changes.ts'
import { forgetProgress, prepareProgress, readProgress } from './progress.ts'
import { readTables, type AnyStore, type Table } from './tables.ts'

/** A transfer that cannot be done; the message tells what to do. */
export class TransferError extends Error {}

export type Phase = 'copying' | 'following' | 'waiting' | 'comparing'

/** Hears how far it is. */
export interface TransferListener {
  onPhase(phase: Phase): void
  /** Rows that are copied or compared, of so many. */
  onRows(done: number, total: number): void
}

export interface TransferSummary {
  tables: number
  rows: number
}

const countRows = async (db: AnyStore, tables: readonly Table[]): Promise<number> => {
  let total = 0
  for (const { name } of tables) {
    const { rows } = await sql<{ rows: number }>`select count(*) as rows from ${sql.table(name)}`.execute(db)
    total += Number(rows[0]!.rows)
  }
  return total
}

/** A transfer into a store that somebody works with would mix the two. */
const checkTarget = async (target: AnyStore, tables: readonly Table[]): Promise<void> => {
  const isResumed = (await readProgress(target)).size > 0
  if (isResumed || (await countRows(target, tables)) === 0) return
  await forgetProgress(target)
  throw new TransferError(
    'The store to fill holds something already. Name an empty database (or folder), or empty that one first.',
  )
}

const counting = (listener: TransferListener, total: number, already = 0) => {
  let done = already
  return (rows: number): void => listener.onRows((done += rows), total)
}

const copy = async (stores: Stores, tables: readonly Table[], listener: TransferListener): Promise<void> => {
  listener.onPhase('copying')
  const total = await countRows(stores.source, tables)
  const onRows = counting(listener, total, await countRows(stores.target, tables))
  await copyTables(stores, tables, (_table, rows) => onRows(rows))
}

const difference = (name: string, source: Content, target: Content): string =>
  source.rows === target.rows
    ? `${name}: ${source.rows} rows, of which some differ`
    : `${name}: ${source.rows} rows, of which ${target.rows} arrived`

/** Reads all of both again; throws when they do not hold the same. */
const compare = async (stores: Stores, tables: readonly Table[], listener: TransferListener): Promise<number> => {
  listener.onPhase('comparing')
  const onRows = counting(listener, 2 * (await countRows(stores.source, tables)))
  const different: string[] = []
  let rows = 0
  for (const table of tables) {
    const source = await readContent(stores.source, table, onRows)
    const target = await readContent(stores.target, table, onRows)
    rows += source.rows
    if (source.hash !== target.hash || source.rows !== target.rows)
      different.push(difference(table.name, source, target))
  }
  if (different.length === 0) return rows
  throw new TransferError(
    `The two stores do not hold the same, so go on working with the old one: ${different.join('; ')}. Empty the new one and try again.`,
  )
}

/** Few enough that the service may be stopped: they are applied within a moment. */
const FEW_CHANGES = 1000
const LOOK_EVERY_MS = 500

const follow = async (stores: Stores, tables: readonly Table[]): Promise<void> => {
  while ((await applyChanges(stores, tables)) > FEW_CHANGES) continue
}

/** Goes on following until nobody works on the folder any more, and then keeps it from being worked on. */
const untilStopped = async (data: string, whileRunning: () => Promise<void>): Promise<{ release(): void }> => {
  for (;;) {
    const lock = lockFolder(data)
    if (lock) return lock
    await whileRunning()
    await wait(LOOK_EVERY_MS)
  }
}

export interface Move extends Stores {
  /** Lets these tables of the target count on from where the source is: rows that are gone had numbers too. */
  carryNumbers(tables: readonly string[]): Promise<void>
}

export interface MoveOut extends Move {
  /** The data folder of the source, where a service may run. */
  data: string
  /** Called while the service runs, and once more when it is stopped: what is not in the store itself. */
  copyBeside(): Promise<void>
}

const namesOf = (tables: readonly Table[]): string[] => tables.map(({ name }) => name)

const finish = async (move: MoveOut, tables: readonly Table[], listener: TransferListener): Promise<number> => {
  while ((await applyChanges(move, tables)) > 0) continue
  await move.copyBeside()
  await move.carryNumbers(namesOf(tables))
  return compare(move, tables, listener)
}

/**
 * Copies the embedded store into an empty one of the same schema, follows what changes meanwhile, waits for the service to
 * be stopped, and compares both. Cut off, it goes on where it was. The source stays as it is: it is the way back until
 * somebody works with the target.
 */
export const moveOut = async (move: MoveOut, listener: TransferListener): Promise<TransferSummary> => {
  const { data, source, target } = move
  const tables = await readTables(source)
  await prepareProgress(target)
  await checkTarget(target, tables)
  await watchChanges(source, tables)
  await copy(move, tables, listener)
  listener.onPhase('following')
  await move.copyBeside()
  await follow(move, tables)
  listener.onPhase('waiting')
  const lock = await untilStopped(data, () => follow(move, tables))
  try {
    const rows = await finish(move, tables, listener)
    await forgetProgress(target)
    await stopWatching(source, tables)
    return { tables: tables.length, rows }
  } finally {
    lock.release()
  }
}

/** Copies a store that nobody works with into an empty embedded one, and compares both. */
export const moveBack = async (move: Move, listener: TransferListener): Promise<TransferSummary> => {
  const tables = await readTables(move.target)
  await prepareProgress(move.target)
  await checkTarget(move.target, tables)
  await copy(move, tables, listener)
  await move.carryNumbers(namesOf(tables))
  const rows = await compare(move, tables, listener)
  await forgetProgress(move.target)
  return { tables: tables.length, rows }
}
