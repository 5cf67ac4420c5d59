// Which stores a transfer is between.
import { existsSync } from 'node:fs'
import { openPostgres } from '../adapters/postgres/database.ts'
import { continueSequences, lastOfSequences } from '../adapters/postgres/sequences.ts'
import { openMainDatabase } from '../adapters/sql/database.ts'
import type { MainDatabase } from '../adapters/sql/main-database.ts'
import { continueAutoincrements, lastOfAutoincrements } from '../adapters/sqlite/autoincrements.ts'
import { migrationsOf } from '../adapters/sqlite/inspect-sqlite.ts'
import { pendingMigrations } from '../adapters/sql/migrations/index.ts'
import { bucketOf, chooseBlobs } from '../choose-blobs.ts'
import { postgresOf } from '../choose-database.ts'
import { ConfigError, type Config } from '../config.ts'
import { mainFile } from '../data-folder.ts'
import { upgrade } from '../upgrade.ts'
import { copyFiles } from './copy-files.ts'
import { moveBack, moveOut, TransferError, type TransferListener, type TransferSummary } from './transfer.ts'

export interface Moved extends TransferSummary {
  /** Uploaded files that were copied. */
  files: number
}

/** What a service of an older version works on is not changed under its hands. */
const checkEmbedded = (data: string): void => {
  if (!existsSync(mainFile(data)))
    throw new TransferError(`There is no store in ${data}. Name the folder of the service with --data.`)
  const pending = pendingMigrations(migrationsOf(mainFile(data)))
  if (pending.length > 0)
    throw new TransferError(
      `The store in ${data} is of an older version (it lacks ${pending.join(', ')}). Start this version's service on it once, and try again.`,
    )
}

const settingsOf = (config: Config, url: string) => {
  // As long as it takes: tables are read and written whole.
  const settings = postgresOf({ ...config, databaseUrl: url })
  if (!settings) throw new ConfigError('Name a database, such as postgres://foghorn:password@db.example.com/foghorn.')
  return { ...settings, readUrl: undefined, statementMs: undefined }
}

const using = async <Result>(databases: readonly MainDatabase[], work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work()
  } finally {
    await Promise.all(databases.map((db) => db.destroy()))
  }
}

/**
 * Moves the store of the data folder to an empty PostgreSQL database, and uploaded files there as well, or to the bucket
 * when one is configured. The service may run until all is copied, and then has to be stopped. Throws TransferError and
 * ConfigError.
 */
export const moveToPostgres = async (config: Config, url: string, listener: TransferListener): Promise<Moved> => {
  const { data } = config
  const settings = settingsOf(config, url)
  checkEmbedded(data)
  await upgrade(data, settings)
  const [source, target] = [openMainDatabase(mainFile(data)), await openPostgres(settings)]
  let files = 0
  return using([source, target], async () => {
    const from = await chooseBlobs(data, source, {})
    const to = await chooseBlobs(data, target, { bucket: bucketOf(config), postgres: settings })
    const move = {
      data,
      source,
      target,
      carryNumbers: async (tables: readonly string[]) =>
        continueSequences(target, await lastOfAutoincrements(source, tables)),
      copyBeside: async () => void (files += await copyFiles(from, to)),
    }
    return { ...(await moveOut(move, listener)), files }
  })
}

/**
 * Moves the store of a PostgreSQL database, which nobody works with, into an empty data folder; uploaded files as well, but
 * for those in a bucket. Throws like the other.
 */
export const moveToFolder = async (config: Config, url: string, listener: TransferListener): Promise<Moved> => {
  const { data } = config
  const settings = settingsOf(config, url)
  await upgrade(data, settings)
  await upgrade(data)
  const [source, target] = [await openPostgres(settings), openMainDatabase(mainFile(data))]
  return using([source, target], async () => {
    const carryNumbers = async (tables: readonly string[]) =>
      continueAutoincrements(target, await lastOfSequences(source, tables))
    const summary = await moveBack({ source, target, carryNumbers }, listener)
    if (bucketOf(config)) return { ...summary, files: 0 }
    const from = await chooseBlobs(data, source, { postgres: settings })
    return { ...summary, files: await copyFiles(from, await chooseBlobs(data, target, {})) }
  })
}
