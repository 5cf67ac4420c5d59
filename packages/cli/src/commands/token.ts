import { Command } from 'commander'
import { administrate, withDataOption, type DataFlags } from '../admin.ts'
import { CliError } from '../expected-error.ts'
import { formatTable, print, printJson } from '../output.ts'

interface Flags extends DataFlags {
  org: string
  scope?: string[]
  name?: string
  expiresInDays?: string
  json?: boolean
}

const readDays = (text: string): number => {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  throw new CliError(`--expires-in-days must be a whole number from 1 to 9999; found ${JSON.stringify(text)}`)
}

const createCommand = (): Command =>
  withDataOption(new Command('create'))
    .description('Make a token for the API and for uploads; it is shown once')
    .requiredOption('--org <slug>', 'organization that it opens')
    .option('--scope <scopes...>', 'what it may do, such as project:releases; default: everything')
    .option('--name <name>', 'what it is for')
    .option('--expires-in-days <days>', 'default: it opens until it is revoked')
    .option('--json', 'print JSON: {"token"}')
    .action(async (flags: Flags) => {
      const { org, scope, name, expiresInDays, json } = flags
      const scopes = scope?.flatMap((list) => list.split(','))
      const created = await administrate(flags, (admin) =>
        admin.createToken({
          org,
          ...(scopes ? { scopes } : {}),
          ...(name === undefined ? {} : { name }),
          ...(expiresInDays === undefined ? {} : { expiresInDays: readDays(expiresInDays) }),
        }),
      )
      if (json) printJson(created)
      else print(created.token)
    })

const dayOf = (time: number | null): string => (time === null ? '-' : new Date(time).toISOString().slice(0, 10))

const listCommand = (): Command =>
  withDataOption(new Command('list'))
    .description('List tokens: ID, last characters, name, made, last used, expires, scopes')
    .requiredOption('--org <slug>', 'organization')
    .option('--json', 'print JSON: [{"id","name","scopes","ending","createdAt","lastUsedAt","expiresAt"}]')
    .action(async (flags: Flags) => {
      const tokens = await administrate(flags, (admin) => admin.tokens(flags.org))
      if (flags.json) return printJson(tokens)
      const row = ({ id, ending, name, createdAt, lastUsedAt, expiresAt, scopes }: (typeof tokens)[number]) => [
        String(id),
        `…${ending}`,
        name,
        dayOf(createdAt),
        dayOf(lastUsedAt),
        dayOf(expiresAt),
        scopes.join(' '),
      ]
      print(formatTable(tokens.map(row)))
    })

const revokeCommand = (): Command =>
  withDataOption(new Command('revoke'))
    .description('Make a token open nothing any more')
    .argument('<id>', 'as `foghorn token list` shows it')
    .requiredOption('--org <slug>', 'organization')
    .action(async (id: string, flags: Flags) => {
      await administrate(flags, (admin) => admin.revokeToken(flags.org, id))
      print(`Token ${id} is revoked.`)
    })

export const tokenCommand = (): Command =>
  new Command('token')
    .description('Manage API tokens')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand())
