import { Command } from 'commander'
import { administrate } from '../admin.ts'
import { count, print, printJson } from '../output.ts'
import { readPerson, withPersonOptions, type PersonFlags } from '../person-flags.ts'

interface Flags extends PersonFlags {
  json?: boolean
}

export const eraseCommand = (): Command =>
  withPersonOptions(new Command('erase'))
    .description('Delete everything that is kept about one person, for good; prints the receipt')
    .option('--json', 'print JSON: {"id","personHash","erased","erasedAt"}')
    .action(async (flags: Flags) => {
      const person = readPerson(flags)
      const receipt = await administrate(flags, (admin) => admin.erasePerson(flags.org, person))
      if (flags.json) return printJson(receipt)
      const { events, feedback, issues } = receipt.erased
      print(
        `Receipt ${receipt.id}: ${count(events, 'event')}, ${count(feedback, 'message')} of feedback and ${count(issues, 'issue')} deleted.\nBackups made before still hold them.`,
      )
    })
