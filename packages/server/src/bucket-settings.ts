// Where uploaded files lie when the data folder is not to hold them.
import * as v from 'valibot'
import { Origin, wholeNumber, type Setting } from './setting-schemas.ts'

const Text = v.pipe(v.string(), v.maxLength(500))

const Prefix = v.pipe(
  v.string(),
  v.regex(/^\w[\w.-]*(?:\/\w[\w.-]*)*\/?$/, 'must be like foghorn/uploads, of letters, digits and . _ - /'),
  v.transform((text) => (text.endsWith('/') ? text : `${text}/`)),
)

export const BUCKET_SETTINGS = {
  s3Bucket: {
    variable: 'FOGHORN_S3_BUCKET',
    schema: v.optional(v.pipe(v.string(), v.regex(/^[a-z\d][a-z\d.-]{2,62}$/, 'must be the name of a bucket'))),
    about: 'S3 bucket that holds uploaded files; unset: the data folder does',
  },
  s3Region: {
    variable: 'FOGHORN_S3_REGION',
    schema: v.optional(Text, 'us-east-1'),
    about: 'region of the bucket',
  },
  s3Endpoint: {
    variable: 'FOGHORN_S3_ENDPOINT',
    schema: v.optional(Origin),
    about: 'address of the service that has the bucket; unset: Amazon S3',
  },
  s3Key: {
    variable: 'FOGHORN_S3_KEY',
    schema: v.optional(Text),
    about: 'access key of the bucket; unset: what the AWS SDK finds, such as the role of the machine',
  },
  s3Secret: {
    variable: 'FOGHORN_S3_SECRET',
    schema: v.optional(Text),
    about: 'secret of the access key',
    secret: true,
  },
  s3Prefix: {
    variable: 'FOGHORN_S3_PREFIX',
    schema: v.optional(Prefix),
    about: 'what the names of all objects begin with',
  },
  s3PathStyle: {
    variable: 'FOGHORN_S3_PATH_STYLE',
    schema: v.optional(v.picklist(['yes', 'no'], 'must be yes or no')),
    about: 'whether addresses have the bucket in their path; unset: yes where an endpoint is set',
  },
  s3CacheMegabytes: {
    variable: 'FOGHORN_S3_CACHE_MEGABYTES',
    schema: v.optional(wholeNumber(10, 100_000_000), '2000'),
    about: 'megabytes of the bucket that are kept on the disk of this machine for look-ups',
  },
} as const satisfies Record<string, Setting>
