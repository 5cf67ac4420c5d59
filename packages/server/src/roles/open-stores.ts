import { checkBucket } from '../adapters/s3/check-bucket.ts'
import { bucketOf } from '../choose-blobs.ts'
import { postgresOf } from '../choose-database.ts'
import { natsOf } from '../choose-inbox.ts'
import { ConfigError, type Config } from '../config.ts'
import { ExtensionError, openExtensions, type Extensions } from '../extensions/extensions.ts'
import { openStores, type Stores } from '../stores.ts'
import type { Process } from './process.ts'

/** What has no file of its own, and is needed by whoever answers people or tells them something. */
export interface Own {
  extensions: Extensions
  stores: Stores
}

const openOwnExtensions = async ({ extensions, alertNetworks: networks }: Config): Promise<Extensions> => {
  try {
    return await openExtensions(extensions, { networks })
  } catch (error) {
    throw error instanceof ExtensionError ? new ConfigError(`FOGHORN_EXTENSIONS: ${error.message}`) : error
  }
}

/** Opens everything but the inbox, and finds out first whether extensions and the bucket can be used. */
export const openOwn = async ({ config, opened }: Process): Promise<Own> => {
  const { data, artifactMegabytes, secretKey } = config
  const bucket = bucketOf(config)
  const extensions = await openOwnExtensions(config)
  opened.add(extensions.close)
  if (bucket) await checkBucket(bucket)
  const stores = await openStores(data, {
    artifactBytes: artifactMegabytes * 1e6,
    postgres: postgresOf(config),
    bucket,
    nats: natsOf(config),
    secretKey,
  })
  opened.add(stores.close)
  return { extensions, stores }
}
