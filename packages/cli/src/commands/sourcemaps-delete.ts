import type { Uploads, UploadSummary } from '@foghorn/artifacts'
import { Command } from 'commander'
import { CliError } from '../expected-error.ts'
import { count, formatBytes, print } from '../output.ts'
import { withServiceOptions, type ServiceFlags } from '../service-flags.ts'
import { withUploads } from '../uploads.ts'

interface Flags extends ServiceFlags {
  release?: string
  unusedDays?: string
  dryRun?: boolean
}

const DAY_MS = 24 * 60 * 60 * 1000

const isUnusedSince = ({ lastUsed, uploadedAt }: UploadSummary, days: number): boolean =>
  Date.parse(lastUsed ?? uploadedAt) < Date.now() - days * DAY_MS

const readDays = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  if (/^\d{1,5}$/.test(text)) return Number(text)
  throw new CliError(`--unused-days is ${JSON.stringify(text)}. Pass a whole number of days.`)
}

const choose = async (uploads: Uploads, ids: string[], flags: Flags): Promise<UploadSummary[]> => {
  const days = readDays(flags.unusedDays)
  if (ids.length === 0 && flags.release === undefined && days === undefined)
    throw new CliError('Say what to delete: IDs as "foghorn sourcemaps list" shows them, --release or --unused-days.')
  const listed = await uploads.list(flags.release === undefined ? {} : { release: flags.release })
  const unknown = ids.find((id) => !listed.some((upload) => upload.id === id))
  if (unknown !== undefined) throw new CliError(`There is no upload ${unknown}. See "foghorn sourcemaps list".`)
  return listed
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .filter((upload) => days === undefined || isUnusedSince(upload, days))
}

export const deleteCommand = (): Command =>
  withServiceOptions(new Command('delete'))
    .description('Delete uploads from a project; frames that they resolved are shown minified again')
    .argument('[ids...]', 'uploads, by the IDs that "list" shows')
    .option('--release <version>', 'those of this release')
    .option('--unused-days <days>', 'those that resolved nothing for so long')
    .option('--dry-run', 'say what would be deleted')
    .action(async (ids: string[], flags: Flags) => {
      const chosen = await withUploads(flags, async (uploads) => {
        const found = await choose(uploads, ids, flags)
        for (const { id } of flags.dryRun ? [] : found) await uploads.remove(id)
        return found
      })
      const size = formatBytes(chosen.reduce((sum, upload) => sum + upload.size, 0))
      print(`${flags.dryRun ? 'Would delete' : 'Deleted'} ${count(chosen.length, 'upload')}, ${size}.`)
    })
