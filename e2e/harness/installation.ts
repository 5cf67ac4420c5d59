import { SHOP_RELEASE, servePlayground } from '../../scripts/playground.mjs'
import { builtShop } from './built-shop.ts'
import type { Environment } from './foghorn.ts'
import { type Reader, createReader } from './reader.ts'
import type { Service } from './service.ts'
import { copySetUp, type Keys, ORG, PROJECT, setUp, upload } from './set-up.ts'
import { type Shape, createShape } from './shape.ts'

export interface Installation {
  /** The data folder that commands are given. */
  data: string
  /** The data folder of each of its processes. */
  folders: string[]
  service: Service
  reader: Reader
  /** What a page has to know to report here. */
  client: { service: string; dsn: string; publicKey: string }
  /** Where the shop and the plain page are served. */
  shopUrl: string
  /** Uploads the scripts and maps of a folder, as a build in CI would. */
  upload(folder: string): Promise<void>
  close(): Promise<void>
}

/** Opens what was set up in a shape that runs, and serves the shop. */
const open = async ({ service, env, folders, close: closeShape }: Shape, keys: Keys): Promise<Installation> => {
  const { dsn, publicKey, token } = keys
  const client = { service: service.url, dsn, publicKey }
  const shop = await servePlayground({ ...client, port: 0, release: SHOP_RELEASE, dist: builtShop() })
  const close = async () => {
    await shop.close()
    await closeShape()
  }
  return {
    data: env.FOGHORN_DATA!,
    folders,
    service,
    reader: createReader({ url: service.url, token, org: ORG, project: PROJECT }),
    client,
    shopUrl: shop.url,
    upload: (folder) => upload(folder, service, keys),
    close,
  }
}

/** Sets a shape up that may not run yet. */
export const install = async (shape: Shape): Promise<Installation> => {
  await shape.service.start()
  return open(shape, await setUp(shape))
}

/** An installation on ports of its own, in the shape that the run has. What settings say may lie elsewhere is set up there. */
export const createInstallation = async (worker: number, env: Environment = {}): Promise<Installation> => {
  const shape = await createShape(worker, env)
  const keys = Object.keys(env).length === 0 ? await copySetUp(shape) : undefined
  if (keys === undefined) return install(shape)
  await shape.service.start()
  return open(shape, keys)
}
