import { Command } from 'commander'
import { administrate, withDataOption, type DataFlags } from '../admin.ts'
import { print, printJson } from '../output.ts'

interface Flags extends DataFlags {
  org: string
  scope?: string[]
  name?: string
  json?: boolean
}

const createCommand = (): Command =>
  withDataOption(new Command('create'))
    .description('Make a token for the API and for uploads; it is shown once')
    .requiredOption('--org <slug>', 'organization that it opens')
    .option('--scope <scopes...>', 'what it may do, such as project:releases; default: everything')
    .option('--name <name>', 'what it is for')
    .option('--json', 'print JSON: {"token"}')
    .action(async (flags: Flags) => {
      const { org, scope, name, json } = flags
      const scopes = scope?.flatMap((list) => list.split(','))
      const created = await administrate(flags, (admin) =>
        admin.createToken({ org, ...(scopes ? { scopes } : {}), ...(name === undefined ? {} : { name }) }),
      )
      if (json) printJson(created)
      else print(created.token)
    })

export const tokenCommand = (): Command =>
  new Command('token').description('Manage API tokens').addCommand(createCommand())
