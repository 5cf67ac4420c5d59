import { randomBytes } from 'node:crypto'
import { ConfigError } from '../../config.ts'
import { openBucket, type Bucket, type BucketSettings } from './bucket.ts'

/** One of everything that is done to a bucket, on an object of its own. */
const steps = (bucket: Bucket): [what: string, step: () => Promise<unknown>][] => {
  const name = `check/${randomBytes(8).toString('hex')}`
  return [
    ['write', () => bucket.put(name, randomBytes(16))],
    ['read', () => bucket.get(name)],
    ['list', () => bucket.list('check').next()],
    ['delete', () => bucket.delete(name)],
  ]
}

const OTHER_REGION = new Set([
  'PermanentRedirect',
  'AuthorizationHeaderMalformed',
  'IllegalLocationConstraintException',
])
const FORBIDDEN = 403

const reasonOf = ({ name, message, code }: Error & { code?: string }): string =>
  [message || name, code].filter(Boolean).join(', ')

/** What is wrong, and what to do about it. */
const explain = (error: unknown, what: string, { name, endpoint, region }: BucketSettings): string => {
  const place = endpoint ?? `Amazon S3 in ${region}`
  const { name: kind, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } }
  if (kind === 'NoSuchBucket' || kind === 'NotFound')
    return `There is no bucket ${name} at ${place}. Make it, or name another one with FOGHORN_S3_BUCKET.`
  if (OTHER_REGION.has(kind))
    return `The bucket ${name} is not in ${region} (${kind}). Set FOGHORN_S3_REGION to its region.`
  if ($metadata?.httpStatusCode === FORBIDDEN || kind === 'CredentialsProviderError')
    return `The bucket ${name} at ${place} does not let this service ${what} (${kind}). Check FOGHORN_S3_KEY and FOGHORN_S3_SECRET: they must be allowed to read, write, list and delete there.`
  return `The bucket ${name} at ${place} cannot be used: ${reasonOf(error as Error)}. Check FOGHORN_S3_ENDPOINT, and whether it can be reached from here.`
}

/** Does to a bucket what the service will do. Throws ConfigError that says what is wrong. */
export const checkBucket = async (settings: BucketSettings): Promise<void> => {
  for (const [what, step] of steps(await openBucket(settings)))
    await step().catch((error: unknown) => {
      throw new ConfigError(explain(error, what, settings), { cause: error })
    })
}
