import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildShop } from '../../scripts/playground.mjs'
import { foghorn } from './foghorn.ts'

/** The folder with the shop of this run, for the workers. */
export const builtShop = (): string => process.env.FOGHORN_E2E_SHOP as string

/**
 * Once before all scenarios: the shop as a release build, its scripts marked with debug IDs.
 * It is a copy, so that a playground which is built or served meanwhile is not disturbed and does not disturb.
 */
export default async (): Promise<() => Promise<void>> => {
  const shop = await mkdtemp(join(tmpdir(), 'foghorn-e2e-shop-'))
  await cp(await buildShop(), shop, { recursive: true })
  await foghorn(['sourcemaps', 'inject', shop])
  process.env.FOGHORN_E2E_SHOP = shop
  return () => rm(shop, { recursive: true, force: true })
}
