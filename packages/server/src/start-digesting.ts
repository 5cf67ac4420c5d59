import { bucketOf } from './choose-blobs.ts'
import { postgresOf } from './choose-database.ts'
import { natsOf } from './choose-inbox.ts'
import { limitsOf, type Config } from './config.ts'
import { startDigestThread, type DigestThread } from './digest-thread.ts'
import type { Logger } from './log.ts'

/** Starts the thread that digests the inbox and looks after the stores, as the settings have it. */
export const startDigesting = (config: Config, log: Logger): DigestThread =>
  startDigestThread(
    {
      ...config,
      postgres: postgresOf(config),
      nats: natsOf(config),
      bucket: bucketOf(config),
      limits: limitsOf(config),
    },
    (error) => log.error({ err: error }, 'the digest thread died and is started again'),
  )
