import type { Moved, TransferListener } from '@foghorn/server'
import { Command } from 'commander'
import { withDataOption, type DataFlags } from '../admin.ts'
import { CliError } from '../expected-error.ts'
import { count, print, printJson, say } from '../output.ts'
import { createProgress, type Progress } from '../progress.ts'

interface Flags extends DataFlags {
  to?: string
  from?: string
  json?: boolean
}

const SAID = {
  copying: 'Copying …',
  following: 'Copied. Following what changed meanwhile …',
  waiting: 'All is there. Stop the service now (SIGTERM): what comes in until then is followed.',
  comparing: 'Comparing both, row by row …',
} as const

/** Says where it is, with a bar for what takes long. */
const telling = (): { listener: TransferListener; stop(): void } => {
  let bar: Progress = createProgress('')
  return {
    listener: {
      onPhase: (phase) => {
        bar.stop()
        say(SAID[phase])
        bar = createProgress(phase)
      },
      onRows: (done, total) => bar.update(done, Math.max(done, total)),
    },
    stop: () => bar.stop(),
  }
}

const summaryOf = ({ rows, tables, files }: Moved): string =>
  `Moved and compared: ${count(rows, 'row')} of ${count(tables, 'table')}, and ${count(files, 'uploaded file')}.`

const moveOut = async (to: string, flags: DataFlags, listener: TransferListener) => {
  const { moveToPostgres, readConfig } = await import('@foghorn/server')
  const config = readConfig(process.env, flags)
  const moved = await moveToPostgres(config, to, listener)
  return {
    moved,
    next: [
      summaryOf(moved),
      'Start the service with FOGHORN_DATABASE_URL set to that database.',
      `What seals secrets is in ${config.data}: processes with another folder need its secret.key as FOGHORN_SECRET_KEY.`,
      `To go back, start it without: ${config.data} is as it was when the service stopped.`,
    ],
  }
}

const moveBack = async (from: string, flags: DataFlags, listener: TransferListener) => {
  const { moveToFolder, readConfig } = await import('@foghorn/server')
  const config = readConfig(process.env, flags)
  const moved = await moveToFolder(config, from, listener)
  return {
    moved,
    next: [summaryOf(moved), `Start the service without FOGHORN_DATABASE_URL, and with --data ${config.data}.`],
  }
}

const move = ({ to, from, ...flags }: Flags, listener: TransferListener) => {
  if (to !== undefined && from === undefined) return moveOut(to, flags, listener)
  if (from !== undefined && to === undefined) return moveBack(from, flags, listener)
  throw new CliError('Say where to: --to postgres://… from the data folder, or --from postgres://… into it.')
}

export const migrateCommand = (): Command =>
  withDataOption(new Command('migrate'))
    .description('Move the store of the data folder to PostgreSQL while the service runs, or back while it does not')
    .option('--to <url>', 'an empty PostgreSQL database, such as postgres://foghorn:password@db.example.com/foghorn')
    .option('--from <url>', 'the database to move into an empty data folder; no service may work with it meanwhile')
    .option('--json', 'print JSON: {"tables","rows","files"}')
    .action(async ({ json, ...flags }: Flags) => {
      const { listener, stop } = telling()
      const { moved, next } = await move(flags, listener).finally(stop)
      if (json) printJson(moved)
      else print(next.join('\n'))
    })
