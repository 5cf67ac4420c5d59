import type { ScriptSummary, UploadOptions, UploadProgress, UploadReport } from '@foghorn/artifacts'
import { Command } from 'commander'
import { fromEnvironment } from '@foghorn/artifacts/environment'
import { count, formatBytes, formatTable, print, printJson, say } from '../output.ts'
import { createProgress } from '../progress.ts'
import { readServiceFlags, withServiceOptions, type ServiceFlags } from '../service-flags.ts'

interface Flags extends ServiceFlags {
  release?: string
  dist?: string
  urlPrefix?: string
  inlineSources?: boolean
  dryRun?: boolean
  strict?: boolean
  deleteAfterUpload?: boolean
  json?: boolean
}

const toOptions = (folder: string, flags: Flags): UploadOptions => {
  const release = flags.release ?? fromEnvironment('RELEASE')
  return {
    folder,
    ...readServiceFlags(flags),
    ...(release === undefined ? {} : { release }),
    ...(flags.dist === undefined ? {} : { dist: flags.dist }),
    ...(flags.urlPrefix === undefined ? {} : { urlPrefix: flags.urlPrefix }),
    inlineSources: flags.inlineSources ?? false,
    dryRun: flags.dryRun ?? false,
    deleteAfterUpload: flags.deleteAfterUpload ?? false,
  }
}

const SHOWN = 30

const toRow = ({ script, mapBytes, debugId, status }: ScriptSummary): string[] => [
  script,
  mapBytes === undefined ? '-' : formatBytes(mapBytes),
  debugId ?? '-',
  status === 'included' ? 'ok' : status,
]

const table = (scripts: ScriptSummary[]): string => {
  // Those that need attention first: a long build must not hide them.
  const order = ['failed', 'included', 'skipped']
  const rows = [...scripts].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status)).map(toRow)
  const rest = rows.length - SHOWN
  return (
    formatTable([['script', 'map', 'debug ID', ''], ...rows.slice(0, SHOWN)]) + (rest > 0 ? `\n… and ${rest} more` : '')
  )
}

const summarise = (report: UploadReport, { dryRun, release }: UploadOptions): string => {
  const included = report.scripts.filter(({ status }) => status === 'included').length
  const what = `${count(included, 'script')} with ${included === 1 ? 'its map' : 'their maps'}`
  if (dryRun) return `Would upload ${what}. Nothing was sent.`
  const sent = report.sentBytes === 0 ? 'the service had all of it already' : `${formatBytes(report.sentBytes)} sent`
  const deleted = report.deletedMaps.length === 0 ? '' : ` ${count(report.deletedMaps.length, 'map file')} deleted.`
  return `Uploaded ${what}${release === undefined ? '' : ` for release ${release}`}: ${sent}.${deleted}`
}

const report = (uploaded: UploadReport, options: UploadOptions, flags: Flags): void => {
  const failures = uploaded.scripts.filter(({ status }) => status === 'failed')
  const warnings = uploaded.scripts.filter(({ status, remark }) => status === 'included' && remark !== undefined)
  for (const { remark } of [...failures, ...warnings]) say(remark!)
  for (const map of uploaded.spareMaps) say(`${map} belongs to no script in the folder and was not uploaded.`)
  if (flags.json) printJson(uploaded)
  else print(`${table(uploaded.scripts)}\n\n${summarise(uploaded, options)}`)
  if (failures.length > 0 || (flags.strict && warnings.length + uploaded.spareMaps.length > 0)) process.exitCode = 1
}

const showProgress = () => {
  const progress = createProgress('Uploading')
  let sent = 0
  let total = 1
  return {
    onProgress: (step: UploadProgress): void => {
      if (step.step === 'bundled') total = step.bytes
      if (step.step === 'sent') progress.update((sent += step.bytes), total)
    },
    stop: progress.stop,
  }
}

export const uploadCommand = (): Command =>
  withServiceOptions(new Command('upload'))
    .description('Upload built scripts with their source maps, so that stacks are shown as in the original sources')
    .argument('<dir>', 'folder of the build')
    .option('--release <version>', 'release of the build; needed only for scripts without debug IDs (FOGHORN_RELEASE)')
    .option('--dist <name>', 'tells builds of one release apart')
    .option('--url-prefix <url>', 'address of <dir> as deployed, such as ~/static; for scripts without debug IDs')
    .option('--inline-sources', 'read sources that maps lack the text of from disk, below the working directory')
    .option('--dry-run', 'check everything, send nothing')
    .option('--strict', 'fail on warnings too')
    .option('--delete-after-upload', 'delete the map files once the service has them, so that they are not deployed')
    .option('--json', 'print JSON: {"scripts":[…],"bundleBytes","sentBytes","deletedMaps","spareMaps"}')
    .action(async (folder: string, flags: Flags) => {
      const { uploadFolder } = await import('@foghorn/artifacts')
      const options = toOptions(folder, flags)
      const progress = showProgress()
      const uploaded = await uploadFolder({ ...options, onProgress: progress.onProgress }).finally(progress.stop)
      report(uploaded, options, flags)
    })
