import type { Person } from '@foghorn/server'
import type { Command } from 'commander'
import { withDataOption, type DataFlags } from './admin.ts'
import { CliError } from './expected-error.ts'

/** Whose data a command is about. */
export interface PersonFlags extends DataFlags {
  org: string
  user?: string
  email?: string
  ip?: string
}

export const withPersonOptions = (command: Command): Command =>
  withDataOption(command)
    .requiredOption('--org <slug>', 'organization whose projects are searched')
    .option('--user <id>', 'user ID, as the pages tell it')
    .option('--email <address>', 'e-mail address')
    .option('--ip <address>', 'IP address')

export const readPerson = ({ user, email, ip }: PersonFlags): Person => {
  if (user === undefined && email === undefined && ip === undefined)
    throw new CliError('Say who it is about: --user, --email or --ip; what fits one of them counts.')
  return { id: user, email, ip }
}
