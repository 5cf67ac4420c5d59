import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SHOP_RELEASE, servePlayground } from '../../scripts/playground.mjs'
import { builtShop } from './build-shop.ts'
import { type Environment, foghorn } from './foghorn.ts'
import { freePort } from './free-port.ts'
import { type Reader, createReader } from './reader.ts'
import { type Service, createService } from './service.ts'

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

/** A service with a project, its token, the shop's maps uploaded, and the shop served: what `npm start` gives, on ports of its own. */
export const createInstallation = async (worker: number, env: Environment = {}): Promise<Installation> => {
  const data = await mkdtemp(join(tmpdir(), 'foghorn-e2e-'))
  const port = await freePort(worker)
  const service = createService({ port, data, env })
  await service.start()
  const local = { FOGHORN_DATA: data, FOGHORN_PORT: String(port) }
  const created = await foghorn(['project', 'create', `${ORG}/${PROJECT}`, '--json'], local)
  const { dsn, publicKey } = JSON.parse(created) as { dsn: string; publicKey: string }
  const { token } = JSON.parse(await foghorn(['token', 'create', '--org', ORG, '--json'], local)) as { token: string }
  const upload = async (folder: string) => {
    const target = { FOGHORN_URL: service.url, FOGHORN_AUTH_TOKEN: token, FOGHORN_ORG: ORG, FOGHORN_PROJECT: PROJECT }
    await foghorn(['sourcemaps', 'upload', folder], target)
  }
  await upload(builtShop())
  const client = { service: service.url, dsn, publicKey }
  const shop = await servePlayground({ ...client, port: 0, release: SHOP_RELEASE, dist: builtShop() })
  const close = async () => {
    await shop.close()
    await service.stop()
    await rm(data, { recursive: true, force: true })
  }
  const reader = createReader({ url: service.url, token, org: ORG, project: PROJECT })
  return { data, service, reader, client, shopUrl: shop.url, upload, close }
}
