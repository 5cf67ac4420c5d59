import { Command } from 'commander'
import { administrate } from '../admin.ts'
import { printJson } from '../output.ts'
import { readPerson, withPersonOptions, type PersonFlags } from '../person-flags.ts'

export const exportCommand = (): Command =>
  withPersonOptions(new Command('export'))
    .description('Print everything that is kept about one person, one JSON object a line')
    .action(async (flags: PersonFlags) => {
      const person = readPerson(flags)
      await administrate(flags, async (admin) => {
        for await (const record of await admin.exportPerson(flags.org, person)) printJson(record)
      })
    })
