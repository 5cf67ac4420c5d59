import { existsSync } from 'node:fs'
import { checkBucket } from '../adapters/s3/check-bucket.ts'
import { bucketOf } from '../choose-blobs.ts'
import { artifactsFolder } from '../data-folder.ts'
import { findingsOr, type Check, type Finding } from './finding.ts'

/** What was uploaded before there was a bucket is not read from the folder any more. */
const leftBehind = (data: string, s3Bucket: string): Omit<Finding, 'check'>[] =>
  existsSync(artifactsFolder(data))
    ? [
        {
          severity: 'warning',
          finding: `${artifactsFolder(data)} holds uploaded files, which are not read since there is a bucket.`,
          advice: `Copy them into the bucket under the same names (aws s3 sync ${artifactsFolder(data)} s3://${s3Bucket}/<prefix>), then move the folder away.`,
        },
      ]
    : []

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
    return findingsOr('bucket', leftBehind(config.data, settings.name), fine)
  },
}
