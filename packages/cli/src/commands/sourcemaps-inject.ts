import type { InjectOutcome, InjectReport } from '@foghorn/artifacts'
import { Command } from 'commander'
import { count, print, printJson, say } from '../output.ts'
import { createProgress } from '../progress.ts'

interface Flags {
  dryRun?: boolean
  strict?: boolean
  json?: boolean
}

const withStatus = (outcomes: InjectOutcome[], status: InjectOutcome['status']): number =>
  outcomes.filter((outcome) => outcome.status === status).length

const summarise = ({ outcomes }: InjectReport, dryRun: boolean): string => {
  const parts = [
    `${count(withStatus(outcomes, 'injected'), 'script')} ${dryRun ? 'would get' : 'got'} a debug ID`,
    `${withStatus(outcomes, 'already-injected')} had one`,
    `${withStatus(outcomes, 'no-map')} without a map left alone`,
  ]
  return `${parts.join(', ')}.`
}

const report = (injected: InjectReport, flags: Flags): void => {
  const failures = injected.outcomes.flatMap((outcome) => (outcome.status === 'failed' ? [outcome.reason] : []))
  for (const sentence of [...failures, ...injected.warnings]) say(sentence)
  if (flags.json) printJson(injected)
  else if (injected.outcomes.length === 0) say('There are no scripts in this folder. Pass the folder of the build.')
  else print(summarise(injected, flags.dryRun ?? false))
  const isFailed = injected.outcomes.length === 0 || failures.length > 0
  if (isFailed || (flags.strict && injected.warnings.length > 0)) process.exitCode = 1
}

export const injectCommand = (): Command =>
  new Command('inject')
    .description(
      'Give each built script and its map a debug ID, by which their frames find the map. Run it before deploying',
    )
    .argument('<dir>', 'folder of the build')
    .option('--dry-run', 'report what would be done, write nothing')
    .option('--strict', 'fail on warnings too')
    .option('--json', 'print JSON: {"outcomes":[{"script","status","debugId"|"reason"}],"warnings"}')
    .action(async (folder: string, flags: Flags) => {
      const { injectFolder } = await import('@foghorn/artifacts')
      const progress = createProgress('Injecting')
      const injected = await injectFolder({
        folder,
        dryRun: flags.dryRun ?? false,
        onProgress: progress.update,
      }).finally(progress.stop)
      report(injected, flags)
    })
