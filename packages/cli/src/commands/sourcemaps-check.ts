import type { CheckReport, LookUp, ScriptVerdict } from '@foghorn/artifacts'
import { Command } from 'commander'
import { fromEnvironment } from '@foghorn/artifacts/environment'
import { count, formatTable, print, printJson } from '../output.ts'
import { createProgress } from '../progress.ts'
import { readServiceFlags, withServiceOptions, type ServiceFlags } from '../service-flags.ts'

interface Flags extends ServiceFlags {
  release?: string
  dist?: string
  strict?: boolean
  json?: boolean
}

const lookUp: LookUp = async (map, positions) => {
  const { bufferReader, buildIndex, openIndex } = await import('@foghorn/symbolicate')
  const built = await buildIndex(map, { functionNames: false })
  if (!built.ok) return { fault: `Its map cannot be used: ${built.reason}` }
  const index = openIndex(bufferReader(built.index))!
  return { resolved: positions.filter(([line, column]) => index.lookup({ line, column }).status === 'resolved').length }
}

const checkPage = async (page: string, flags: Flags): Promise<CheckReport> => {
  const { checkDeployed } = await import('@foghorn/artifacts')
  const { projects, ...service } = readServiceFlags(flags)
  const release = flags.release ?? fromEnvironment('RELEASE')
  const progress = createProgress('Reading scripts')
  return checkDeployed({
    ...service,
    page,
    project: projects[0]!,
    ...(release === undefined ? {} : { release }),
    ...(flags.dist === undefined ? {} : { dist: flags.dist }),
    onProgress: progress.update,
  }).finally(progress.stop)
}

const checkFiles = async (folder: string): Promise<CheckReport> => {
  const { checkFolder } = await import('@foghorn/artifacts')
  return checkFolder(folder, lookUp)
}

const toRow = ({ script, debugId, mapFound, by, resolvedShare }: ScriptVerdict): string[] => [
  script,
  debugId ?? 'no debug ID',
  mapFound ? `map by ${by}` : 'no map',
  resolvedShare === undefined ? '-' : `${Math.round(resolvedShare * 100)} %`,
]

const summarise = (scripts: ScriptVerdict[]): string => {
  const readable = scripts.filter(({ problems }) => problems.length === 0).length
  return `Stacks are readable in ${readable} of ${count(scripts.length, 'script')}.`
}

const toText = ({ scripts, problems, warnings }: CheckReport): string => {
  const remarks = scripts.flatMap((script) =>
    [...script.problems, ...script.warnings].map((text) => `${script.script}: ${text}`),
  )
  const lines = [...problems, ...warnings, ...remarks].map((text) => `- ${text}`)
  return [formatTable(scripts.map(toRow)), lines.join('\n'), summarise(scripts)].filter(Boolean).join('\n\n')
}

const isFailed = ({ scripts, problems, warnings }: CheckReport, strict: boolean): boolean =>
  problems.length > 0 ||
  scripts.some((script) => script.problems.length > 0) ||
  (strict && (warnings.length > 0 || scripts.some((script) => script.warnings.length > 0)))

export const checkCommand = (): Command =>
  withServiceOptions(new Command('check'))
    .description(
      'Say for each script of a deployed page, or of a build before deploying, whether its stacks will be readable',
    )
    .argument('<url|dir>', 'address of the page, or folder of the build')
    .option('--release <version>', 'release of the page; needed only for scripts without debug IDs (FOGHORN_RELEASE)')
    .option('--dist <name>', 'dist of the page')
    .option('--strict', 'fail on warnings too')
    .option(
      '--json',
      'print JSON: {"scripts":[{"script","debugId","mapFound","by","resolvedShare","problems","warnings"}],"problems","warnings"}',
    )
    .action(async (target: string, flags: Flags) => {
      const report = /^https?:\/\//i.test(target) ? await checkPage(target, flags) : await checkFiles(target)
      if (flags.json) printJson(report)
      else print(toText(report))
      if (isFailed(report, flags.strict ?? false)) process.exitCode = 1
    })
