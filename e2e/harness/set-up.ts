// Setting an installation up takes three commands, the time of a test. It is done once for a run; whoever needs one gets a copy.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { builtShop } from './built-shop.ts'
import { foghorn } from './foghorn.ts'
import type { Service } from './service.ts'
import { createShape, isScaled, type Shape } from './shape.ts'

export const ORG = 'acme'
export const PROJECT = 'shop'

/** What opens an installation. */
export interface Keys {
  dsn: string
  publicKey: string
  token: string
}

/** Uploads the scripts and maps of a folder, as a build in CI would. */
export const upload = async (folder: string, { url }: Service, { token }: Pick<Keys, 'token'>): Promise<void> => {
  const target = { FOGHORN_URL: url, FOGHORN_AUTH_TOKEN: token, FOGHORN_ORG: ORG, FOGHORN_PROJECT: PROJECT }
  await foghorn(['sourcemaps', 'upload', folder], target)
}

/** Makes what `npm start` gives in a shape that runs: a project, its token, the shop's maps uploaded. */
export const setUp = async ({ service, env }: Shape): Promise<Keys> => {
  const created = await foghorn(['project', 'create', `${ORG}/${PROJECT}`, '--json'], env)
  const { dsn, publicKey } = JSON.parse(created) as { dsn: string; publicKey: string }
  const { token } = JSON.parse(await foghorn(['token', 'create', '--org', ORG, '--json'], env)) as { token: string }
  await upload(builtShop(), service, { token })
  return { dsn, publicKey, token }
}

const kept = (): string | undefined => process.env.FOGHORN_E2E_SET_UP

/** Once before all scenarios; gives what takes it away again. */
export const keepSetUp = async (): Promise<() => Promise<void>> => {
  if (isScaled) return async () => undefined
  const folder = await mkdtemp(join(tmpdir(), 'foghorn-e2e-set-up-'))
  const shape = await createShape(0)
  await shape.service.start()
  const keys = await setUp(shape)
  await shape.service.stop()
  await cp(shape.env.FOGHORN_DATA!, join(folder, 'data'), { recursive: true })
  await writeFile(join(folder, 'keys.json'), JSON.stringify(keys))
  await shape.close()
  process.env.FOGHORN_E2E_SET_UP = folder
  return () => rm(folder, { recursive: true, force: true })
}

/** Puts what was set up into the folder of a shape that does not run yet; undefined where nothing was. */
export const copySetUp = async ({ service, env }: Shape): Promise<Keys | undefined> => {
  const folder = kept()
  if (folder === undefined) return undefined
  await cp(join(folder, 'data'), env.FOGHORN_DATA!, { recursive: true })
  const keys = JSON.parse(await readFile(join(folder, 'keys.json'), 'utf8')) as Keys
  const dsn = Object.assign(new URL(keys.dsn), { host: new URL(service.url).host }).href
  return { ...keys, dsn }
}
