import { Command } from 'commander'
import { formatTable, print, printJson } from '../output.ts'
import { withDataOption, type DataFlags } from '../admin.ts'

interface Flags extends DataFlags {
  port?: string
  host?: string
  json?: boolean
}

export const configCommand = (): Command =>
  withDataOption(new Command('config'))
    .description('Print the settings in force and where each comes from; secrets stay hidden')
    .option('--port <number>', 'as for serve')
    .option('--host <address>', 'as for serve')
    .option('--json', 'print JSON: [{"name","variable","value","source","about"}]')
    .action(async ({ json, ...flags }: Flags) => {
      const { effectiveSettings } = await import('@foghorn/server')
      const settings = effectiveSettings(process.env, flags)
      if (json) return printJson(settings)
      print(formatTable(settings.map(({ variable, value, source, about }) => [variable, value, source, about])))
    })
