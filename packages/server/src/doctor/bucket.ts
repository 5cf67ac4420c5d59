import { existsSync } from 'node:fs'
import { checkBucket } from '../adapters/s3/check-bucket.ts'
import { KEPT_AREAS } from '../artifacts/blob-keys.ts'
import { bucketOf } from '../choose-blobs.ts'
import type { Config } from '../config.ts'
import { artifactsFolder } from '../data-folder.ts'
import { findingsOr, type Check, type Finding } from './finding.ts'
import { withStore } from './with-store.ts'

type Words = Omit<Finding, 'check'>

const unread = (place: string): string => `${place} holds uploaded files, which are not read since there is a bucket.`

const inFolder = (data: string, s3Bucket: string): Words[] =>
  existsSync(artifactsFolder(data))
    ? [
        {
          severity: 'warning',
          finding: unread(artifactsFolder(data)),
          advice: `Copy them into the bucket under the same names (aws s3 sync ${artifactsFolder(data)} s3://${s3Bucket}/<prefix>), then move the folder away.`,
        },
      ]
    : []

const inDatabase = (config: Config): Promise<Words[]> =>
  withStore(config, async (db) => {
    const file = await db.selectFrom('blob').select('hash').where('area', 'in', KEPT_AREAS).limit(1).executeTakeFirst()
    if (file === undefined) return []
    const advice = 'Upload again what is still needed, or start the service without the bucket.'
    return [{ severity: 'warning', finding: unread('The database'), advice }]
  })

/** What was uploaded before there was a bucket is not read from where it lies any more. */
const leftBehind = async (config: Config, s3Bucket: string): Promise<Words[]> =>
  config.databaseUrl === undefined ? inFolder(config.data, s3Bucket) : inDatabase(config)

/** Does to the bucket what the service does. */
export const bucket: Check = {
  name: 'bucket',
  look: async (config) => {
    const settings = bucketOf(config)
    if (settings === undefined) return []
    try {
      await checkBucket(settings)
    } catch (error) {
      const advice = 'The service does not start before that is put right; maps wait where they are.'
      return findingsOr('bucket', [{ severity: 'error', finding: (error as Error).message, advice }], '')
    }
    const fine = `The bucket ${settings.name} can be read, written, listed and deleted from.`
    return findingsOr('bucket', await leftBehind(config, settings.name), fine)
  },
}
