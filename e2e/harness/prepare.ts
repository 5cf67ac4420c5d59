import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildReactApp, buildShop } from '../../scripts/playground.mjs'
import { foghorn } from './foghorn.ts'
import { keepSetUp } from './set-up.ts'

/**
 * Once before all scenarios, since two workers would build into one folder: the playground's apps as release builds.
 * The shop, its scripts marked with debug IDs, is a copy, so that a playground which is built or served meanwhile is not
 * disturbed and does not disturb.
 */
export default async (): Promise<() => Promise<void>> => {
  for (const version of [18, 19]) await buildReactApp(version)
  const shop = await mkdtemp(join(tmpdir(), 'foghorn-e2e-shop-'))
  await cp(await buildShop(), shop, { recursive: true })
  await foghorn(['sourcemaps', 'inject', shop])
  process.env.FOGHORN_E2E_SHOP = shop
  const forgetSetUp = await keepSetUp()
  return async () => {
    await forgetSetUp()
    await rm(shop, { recursive: true, force: true })
  }
}
