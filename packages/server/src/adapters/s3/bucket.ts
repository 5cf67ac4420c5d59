import type { S3Client } from '@aws-sdk/client-s3'
import { ConfigError } from '../../config.ts'

export interface BucketSettings {
  name: string
  region: string
  /** Address of the service. Default: Amazon's in that region. */
  endpoint: string | undefined
  /** Default: what the SDK finds by itself, such as the role of the machine. */
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined
  /** What all names begin with; empty, or with a slash at its end. */
  prefix: string
  /** Whether the bucket stands in the path of addresses, not in their host. */
  pathStyle: boolean
}

export interface BucketEntry {
  name: string
  /** Milliseconds since 1970, in whole seconds. */
  modifiedAt: number
}

/** The requests that are made of a bucket. Names are without the prefix; what is not there is no failure. */
export interface Bucket {
  put(name: string, content: Uint8Array): Promise<void>
  get(name: string): Promise<Uint8Array | undefined>
  has(name: string): Promise<boolean>
  delete(name: string): Promise<void>
  list(folder: string): AsyncGenerator<BucketEntry>
  /** Whether the last request was answered; if not, whether one is answered by now. */
  isAnswering(): Promise<boolean>
}

/** Heavy, and most services need none: loaded where a bucket is configured. */
const loadSdk = () =>
  import('@aws-sdk/client-s3').catch((cause: unknown) => {
    throw new ConfigError(
      'FOGHORN_S3_BUCKET is set, which takes the package @aws-sdk/client-s3. Install it beside Foghorn: npm install -g @aws-sdk/client-s3',
      { cause },
    )
  })

type Sdk = Awaited<ReturnType<typeof loadSdk>>

const CONNECT_WITHIN_MS = 5000
const SILENT_AT_MOST_MS = 30_000

const connect = ({ S3Client }: Sdk, { region, endpoint, credentials, pathStyle }: BucketSettings): S3Client =>
  new S3Client({
    region,
    forcePathStyle: pathStyle,
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials && { credentials }),
    requestHandler: { connectionTimeout: CONNECT_WITHIN_MS, socketTimeout: SILENT_AT_MOST_MS },
    // Others than Amazon's refuse checksums that they do not know; ours are in the names and formats of what is stored.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })

const MISSING = new Set(['NoSuchKey', 'NotFound'])

const isMissing = (error: unknown): boolean => MISSING.has((error as Error).name)

/** Notes whether requests are answered. */
const createWatch = (ask: () => Promise<unknown>) => {
  let isSilent = false
  const watched = async <Answer>(request: Promise<Answer>): Promise<Answer | undefined> => {
    try {
      const answer = await request
      isSilent = false
      return answer
    } catch (error) {
      isSilent = !isMissing(error)
      if (isSilent) throw error
      return undefined
    }
  }
  const isAnswering = async (): Promise<boolean> => {
    if (isSilent) await watched(ask()).catch(() => undefined)
    return !isSilent
  }
  return { watched, isAnswering }
}

export const openBucket = async (settings: BucketSettings): Promise<Bucket> => {
  const sdk = await loadSdk()
  const client = connect(sdk, settings)
  const { name: Bucket, prefix } = settings
  const at = (name: string) => ({ Bucket, Key: `${prefix}${name}` })
  const { watched, isAnswering } = createWatch(() => client.send(new sdk.HeadBucketCommand({ Bucket })))
  return {
    isAnswering,
    put: async (name, content) =>
      void (await watched(client.send(new sdk.PutObjectCommand({ ...at(name), Body: content })))),
    get: async (name) => {
      const read = async () => (await client.send(new sdk.GetObjectCommand(at(name)))).Body!.transformToByteArray()
      return watched(read())
    },
    has: async (name) => (await watched(client.send(new sdk.HeadObjectCommand(at(name))))) !== undefined,
    delete: async (name) => void (await watched(client.send(new sdk.DeleteObjectCommand(at(name))))),
    async *list(folder) {
      for await (const page of sdk.paginateListObjectsV2({ client }, { Bucket, Prefix: `${prefix}${folder}/` }))
        for (const { Key, LastModified } of page.Contents ?? [])
          yield { name: Key!.slice(prefix.length), modifiedAt: LastModified!.getTime() }
    },
  }
}
