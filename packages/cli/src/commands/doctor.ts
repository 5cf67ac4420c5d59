import { Command } from 'commander'
import { withDataOption, type DataFlags } from '../admin.ts'
import { count, print, printJson } from '../output.ts'

interface Flags extends DataFlags {
  recount?: boolean
  json?: boolean
}

const SIGNS = { ok: 'ok     ', warning: 'warning', error: 'ERROR  ' } as const

export const doctorCommand = (): Command =>
  withDataOption(new Command('doctor'))
    .description('Examine an installation and say what to do; exit code 1 when something is wrong')
    .option('--recount', 'first set the counters of all issues to what a recount gives')
    .option('--json', 'print JSON: [{"check","severity","finding","advice"}]')
    .action(async ({ recount, json, ...flags }: Flags) => {
      const { countAgain, examine, readConfig } = await import('@foghorn/server')
      const config = readConfig(process.env, flags)
      if (recount) {
        const corrected = await countAgain(config)
        if (!json) print(`Counters of ${count(corrected, 'issue')} corrected.`)
      }
      const findings = await examine(config)
      if (json) printJson(findings)
      else
        for (const { check, severity, finding, advice } of findings)
          print(`${SIGNS[severity]} ${check}: ${finding}${advice === undefined ? '' : `\n        -> ${advice}`}`)
      if (findings.some(({ severity }) => severity === 'error')) process.exitCode = 1
    })
