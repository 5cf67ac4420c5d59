import { Command } from 'commander'
import { withDataOption, type DataFlags } from '../admin.ts'
import { count, formatBytes, print, printJson } from '../output.ts'

interface Flags extends DataFlags {
  json?: boolean
}

export const backupCommand = (): Command =>
  withDataOption(new Command('backup'))
    .description('Write everything to one compressed file, also while the service runs; it is read back and checked')
    .argument('<file>', 'such as foghorn-2026-11-21.tar.gz')
    .option('--json', 'print JSON: {"file","size","events","issues","waiting","files","madeAt","bucket"}')
    .action(async (file: string, { json, ...flags }: Flags) => {
      const { backUp, readConfig, refuseDatabase } = await import('@foghorn/server')
      const config = readConfig(process.env, flags)
      refuseDatabase(config)
      const { data, s3Bucket, queueUrl } = config
      const made = await backUp(data, file)
      if (json) return printJson({ ...made, bucket: s3Bucket ?? null })
      const { events, issues, waiting, files, size } = made
      print(
        `${made.file}: ${count(events, 'event')} of ${count(issues, 'issue')}, ${count(waiting, 'request')} not digested yet, ${count(files, 'file')}; ${formatBytes(size)}`,
      )
      if (queueUrl.length > 0) print('What waits in NATS is not in it.')
      if (s3Bucket !== undefined)
        print(
          `Uploaded scripts and maps lie in the bucket ${s3Bucket} and are not in it. Copy that bucket too, or keep its versions.`,
        )
    })
