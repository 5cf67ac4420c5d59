// Tables of options and commands name all that there are, and nothing else.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { ROOT } from './documents.ts'

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

/** Names in code in the first column of the table whose head begins with a word. */
const namedIn = (page: string, head: string): string[] => {
  const table = read(page).split(`| ${head} |`)[1]!.split('\n\n')[0]!
  const cells = table.split('\n').map((row) => row.split(/(?<!\\)\|/)[1] ?? '')
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!))
}

/** The names of an interface's members. */
const membersOf = (source: string, name: string): string[] => {
  const body = new RegExp(`^export interface ${name} {\\n([^]*?)^}`, 'm').exec(read(source))![1]!
  return [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, member]) => member!)
}

test.each([
  ['docs/npm.md', 'packages/browser/src/options.ts', 'Options'],
  ['docs/bundlers.md', 'packages/bundler-plugin/src/options.ts', 'FoghornPluginOptions'],
  ['docs/feedback.md', 'packages/feedback/src/options.ts', 'FeedbackOptions'],
])('%s explains every option of %s', (page, source, name) => {
  const members = membersOf(source, name)
  expect(members.length).toBeGreaterThan(5)
  expect(namedIn(page, 'Option').toSorted()).toEqual(members.toSorted())
})

const FOLDER = 'packages/cli/src/commands'

const commandsOf = (command: Command): string[] =>
  command.commands.length === 0 ? [command.name()] : command.commands.map((each) => `${command.name()} ${each.name()}`)

/** All commands, as they are called. */
const listCommands = async (): Promise<string[]> => {
  const found: string[] = []
  for (const file of readdirSync(join(ROOT, FOLDER))) {
    const name = basename(file, '.ts')
    const make = ((await import(`../../packages/cli/src/commands/${name}.ts`)) as Record<string, () => Command>)[
      `${name}Command`
    ]
    if (make) found.push(...commandsOf(make()))
  }
  return found
}

/** `token create\|list <id>` names two commands. */
const spellOut = (text: string): string[] => {
  const words = text.replaceAll('\\|', '|').split(' ')
  const [first = '', second = ''] = words.filter((word) => /^[a-z|-]+$/.test(word) && !word.startsWith('-'))
  return second === '' ? [first] : second.split('|').map((each) => `${first} ${each}`)
}

test('the table of commands has all of them, and no others', async () => {
  const named = namedIn('docs/command-line.md', 'Command').flatMap(spellOut)
  expect(named.toSorted()).toEqual((await listCommands()).toSorted())
})
