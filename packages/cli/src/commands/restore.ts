import { Command } from 'commander'
import { withDataOption, type DataFlags } from '../admin.ts'
import { count, print, printJson } from '../output.ts'

interface Flags extends DataFlags {
  json?: boolean
}

export const restoreCommand = (): Command =>
  withDataOption(new Command('restore'))
    .description('Make a new data folder from a backup, after checking it')
    .argument('<file>', 'what `foghorn backup` wrote')
    .option('--json', 'print JSON: {"data","file","size","events","issues","waiting","files","madeAt"}')
    .action(async (file: string, { json, ...flags }: Flags) => {
      const { readConfig, refuseDatabase, restore } = await import('@foghorn/server')
      const config = readConfig(process.env, flags)
      refuseDatabase(config)
      const { data } = config
      const restored = await restore(file, data)
      if (json) return printJson({ data, ...restored })
      const { events, issues, madeAt } = restored
      print(`${data}: ${count(events, 'event')} of ${count(issues, 'issue')}, as of ${madeAt}`)
    })
