import { SHOP_RELEASE, servePlayground } from '../../scripts/playground.mjs'
import { builtShop } from './build-shop.ts'
import { type Environment, foghorn } from './foghorn.ts'
import { type Reader, createReader } from './reader.ts'
import type { Service } from './service.ts'
import { type Shape, createShape } from './shape.ts'

const ORG = 'acme'
const PROJECT = 'shop'

export interface Installation {
  /** Its data folder. */
  data: string
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

/** Makes what `npm start` gives over a shape that may not run yet: a project, its token, the shop's maps uploaded, and the shop served. */
export const install = async ({ service, env, close: closeShape }: Shape): Promise<Installation> => {
  await service.start()
  const created = await foghorn(['project', 'create', `${ORG}/${PROJECT}`, '--json'], env)
  const { dsn, publicKey } = JSON.parse(created) as { dsn: string; publicKey: string }
  const { token } = JSON.parse(await foghorn(['token', 'create', '--org', ORG, '--json'], env)) as { token: string }
  const upload = async (folder: string) => {
    const target = { FOGHORN_URL: service.url, FOGHORN_AUTH_TOKEN: token, FOGHORN_ORG: ORG, FOGHORN_PROJECT: PROJECT }
    await foghorn(['sourcemaps', 'upload', folder], target)
  }
  await upload(builtShop())
  const client = { service: service.url, dsn, publicKey }
  const shop = await servePlayground({ ...client, port: 0, release: SHOP_RELEASE, dist: builtShop() })
  const close = async () => {
    await shop.close()
    await closeShape()
  }
  const reader = createReader({ url: service.url, token, org: ORG, project: PROJECT })
  return { data: env.FOGHORN_DATA!, service, reader, client, shopUrl: shop.url, upload, close }
}

/** An installation on ports of its own, in the shape that the run has. */
export const createInstallation = async (worker: number, env: Environment = {}): Promise<Installation> =>
  install(await createShape(worker, env))
