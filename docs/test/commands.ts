// Reads shell lines as far as documents use the shell: programs with arguments, variables, `&&`, `>`, comments.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { parse } from 'shell-quote'
import { ROOT } from './documents.ts'

const ASSIGNMENT = /^[A-Z_]+=/

const wordsOf = (entry: unknown): string[] => {
  if (typeof entry === 'string') return [entry]
  if (typeof entry === 'object' && entry !== null && 'pattern' in entry) return [String(entry.pattern)]
  return []
}

/** The commands of a text, each as its words, without variables that are set in front. */
export const commandsIn = (shell: string): string[][] => {
  const lines = shell
    .replaceAll('\\\n', ' ')
    .replaceAll(/ > \S+/g, '')
    .split('\n')
  const commands = lines.flatMap((line) => {
    const found: string[][] = [[]]
    for (const entry of parse(line, (name) => `$${name}`))
      if (typeof entry === 'object' && 'op' in entry && entry.op !== 'glob') found.push([])
      else found.at(-1)!.push(...wordsOf(entry))
    return found
  })
  return commands
    .map((words) => words.slice(words.findIndex((word) => !ASSIGNMENT.test(word))))
    .filter(([name]) => name !== undefined && !ASSIGNMENT.test(name))
}

const silence = (command: Command): void => {
  command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} })
  if (command.commands.length === 0) command.action(() => {})
  for (const each of command.commands) silence(each)
}

/** What the command line itself would say to these arguments; nothing is carried out. */
const faultOfFoghorn = async ([name = '', ...args]: string[]): Promise<string | undefined> => {
  const loaded = await import(`../../packages/cli/src/commands/${name}.ts`).catch(() => undefined)
  if (!loaded) return `there is no command ${name}`
  const command = loaded[`${name}Command`]() as Command
  silence(command)
  return command.parseAsync(args, { from: 'user' }).then(
    () => undefined,
    (error: Error) => error.message,
  )
}

interface Manifest {
  name: string
  scripts?: Record<string, string>
  dependencies?: Record<string, string>
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as Manifest

const folderOf = (workspace: string): string =>
  workspace === '@foghorn/docs' ? 'docs' : `packages/${workspace.replace('@foghorn/', '')}`

const scriptsOf = (args: string[]): Record<string, string> => {
  const workspace = args[args.indexOf('-w') + 1]
  const folder = args.includes('-w') ? folderOf(workspace!) : ''
  return manifestOf(folder).scripts ?? {}
}

/** What readers have installed before, and take away. */
const OF_OTHERS = new Set(['@bugsnag/js', 'rollbar'])

const CHECKOUT = '../foghorn/'

const isPackage = (name: string): boolean =>
  OF_OTHERS.has(name) ||
  (name.startsWith(CHECKOUT) && existsSync(join(ROOT, name.slice(CHECKOUT.length), 'package.json'))) ||
  (name.startsWith('@foghorn/') && manifestOf(`packages/${name.slice(9)}`).name === name)

/** Of packages that are installed from the checkout: one that another of them needs, which no registry may have. */
const missingAmong = (names: string[]): string | undefined => {
  const named = names.filter((name) => name.startsWith(CHECKOUT)).map((name) => manifestOf(name.slice(CHECKOUT.length)))
  const needed = named.flatMap(({ dependencies = {} }) => Object.keys(dependencies))
  return needed.find((name) => name.startsWith('@foghorn/') && !named.some((manifest) => manifest.name === name))
}

const faultOfNpm = ([verb = '', ...args]: string[]): string | undefined => {
  if (verb === 'install' || verb === 'uninstall') {
    const unknown = args.find((arg) => !arg.startsWith('-') && !isPackage(arg))
    if (unknown !== undefined) return `there is no package ${unknown}`
    const missing = missingAmong(args)
    return missing === undefined ? undefined : `${missing} is needed, too`
  }
  if (verb === 'ci') return undefined
  const script = verb === 'run' ? args[0]! : verb
  return script in scriptsOf(args) ? undefined : `there is no script ${script}`
}

const SENTRY_CLI = [/^sourcemaps (inject|upload) \w+$/]

const CHECKS: Record<string, (args: string[]) => string | undefined | Promise<string | undefined>> = {
  foghorn: faultOfFoghorn,
  npm: faultOfNpm,
  npx: (args) => {
    const [name = '', ...own] = args.filter((arg) => arg !== '--yes')
    return Object.hasOwn(CHECKS, name) && name !== 'npx' ? CHECKS[name]!(own) : `no test knows npx ${name}`
  },
  // What it answers is looked at where a service runs: in service.test.ts.
  curl: () => undefined,
  export: () => undefined,
  cd: () => undefined,
  // The command itself is run against the service by the tests of the command line.
  vitest: ([verb]) => (verb === 'run' ? undefined : 'nobody runs that'),
  '@changesets/cli@2.31.1': ([verb]) => (verb === 'version' ? undefined : 'nobody runs that'),
  'sentry-cli': (args) => (SENTRY_CLI.some((known) => known.test(args.join(' '))) ? undefined : 'nobody runs that'),
}

/** What is wrong with a command, if anything is. */
export const faultOf = async ([name = '', ...args]: string[]): Promise<string | undefined> => {
  if (!Object.hasOwn(CHECKS, name)) return `no test knows the program ${name}`
  return CHECKS[name]!(args)
}
