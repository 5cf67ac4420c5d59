import { createRequire } from 'node:module'
import { Command } from 'commander'
import { isExpected } from './expected-error.ts'
import { say } from './output.ts'

const { version } = createRequire(import.meta.url)('../package.json') as { version: string }

/** Each command is loaded when it is asked for, so that uploading maps does not wait for the service's modules. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  serve: async () => (await import('./commands/serve.ts')).serveCommand(),
  sourcemaps: async () => (await import('./commands/sourcemaps.ts')).sourcemapsCommand(),
  releases: async () => (await import('./commands/releases.ts')).releasesCommand(),
  alerts: async () => (await import('./commands/alerts.ts')).alertsCommand(),
  symbolicate: async () => (await import('./commands/symbolicate.ts')).symbolicateCommand(),
  project: async () => (await import('./commands/project.ts')).projectCommand(),
  token: async () => (await import('./commands/token.ts')).tokenCommand(),
  user: async () => (await import('./commands/user.ts')).userCommand(),
  config: async () => (await import('./commands/config.ts')).configCommand(),
  backup: async () => (await import('./commands/backup.ts')).backupCommand(),
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand(),
  erase: async () => (await import('./commands/erase.ts')).eraseCommand(),
  export: async () => (await import('./commands/export.ts')).exportCommand(),
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand(),
  restore: async () => (await import('./commands/restore.ts')).restoreCommand(),
}

const createProgram = async (name: string | undefined): Promise<Command> => {
  const program = new Command('foghorn')
    .description('Front-end error monitoring that you run yourself')
    .version(version)
    .showHelpAfterError('Run with --help to see what there is.')
  const loaders = name !== undefined && Object.hasOwn(COMMANDS, name) ? [COMMANDS[name]!] : Object.values(COMMANDS)
  for (const load of loaders) program.addCommand(await load())
  return program
}

const explain = (error: unknown): string => {
  if (isExpected(error)) return error.message
  return `This is a bug of foghorn ${version}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}

try {
  const program = await createProgram(process.argv[2])
  await program.parseAsync()
} catch (error) {
  say(explain(error))
  // A service that failed to start may have threads that would keep the process.
  process.exit(1)
}
