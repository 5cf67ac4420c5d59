import { Command } from 'commander'
import { administrate, withDataOption, type DataFlags } from '../admin.ts'
import { print, printJson } from '../output.ts'

interface Flags extends DataFlags {
  email: string
  role: string
  json?: boolean
}

const createCommand = (): Command =>
  withDataOption(new Command('create'))
    .description('Make an account; prints a link at which its owner chooses a password (or set FOGHORN_PASSWORD)')
    .requiredOption('--email <address>', 'address to log in with')
    .requiredOption('--role <role>', 'owner, admin, member or viewer')
    .option('--json', 'print JSON: {"id","email","inviteUrl"}')
    .action(async (flags: Flags) => {
      const { email, role, json } = flags
      // Not a flag: those are seen by everybody who lists processes.
      const password = process.env['FOGHORN_PASSWORD']
      const user = await administrate(flags, (admin) =>
        admin.createUser({ email, role, ...(password ? { password } : {}) }),
      )
      if (json) printJson(user)
      else
        print(
          user.inviteUrl === undefined
            ? `Account ${user.email}`
            : `Account ${user.email}\nInvitation ${user.inviteUrl}`,
        )
    })

export const userCommand = (): Command => new Command('user').description('Manage accounts').addCommand(createCommand())
