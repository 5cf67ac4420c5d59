import type { UploadSummary } from '@foghorn/artifacts'
import { Command } from 'commander'
import { count, formatBytes, formatTable, print, printJson } from '../output.ts'
import { withServiceOptions, type ServiceFlags } from '../service-flags.ts'
import { withUploads } from '../uploads.ts'

interface Flags extends ServiceFlags {
  release?: string
  json?: boolean
}

const HEAD = ['id', 'release', 'dist', 'uploaded', 'size', 'files', 'last used', 'events resolved']

const day = (time: string | null): string => time?.slice(0, 10) ?? 'never'

const toRow = (upload: UploadSummary): string[] => [
  upload.id,
  upload.release ?? '-',
  upload.dist ?? '-',
  day(upload.uploadedAt),
  formatBytes(upload.size),
  String(upload.files),
  day(upload.lastUsed),
  String(upload.eventsResolved),
]

const report = (uploads: UploadSummary[]): void => {
  if (uploads.length === 0) return print('Nothing was uploaded.')
  print(formatTable([HEAD, ...uploads.map(toRow)]))
  print(`\n${count(uploads.length, 'upload')}, ${formatBytes(uploads.reduce((sum, { size }) => sum + size, 0))}.`)
}

export const listCommand = (): Command =>
  withServiceOptions(new Command('list'))
    .description('List what was uploaded to a project, newest first, and what it was good for')
    .argument('[search]', 'part of a release, of the address of a file, or a debug ID')
    .option('--release <version>', 'only uploads of this release')
    .option('--json', 'print JSON: [{"id","release","dist","uploadedAt","size","files","lastUsed","eventsResolved"}]')
    .action(async (search: string | undefined, flags: Flags) => {
      const filter = { ...(search ? { search } : {}), ...(flags.release ? { release: flags.release } : {}) }
      const uploads = await withUploads(flags, (client) => client.list(filter))
      if (flags.json) printJson(uploads)
      else report(uploads)
    })
