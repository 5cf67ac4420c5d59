// The playground's shop, built, with debug IDs: whose scripts fail in the events, and whose maps the service is given.
import { execFile } from 'node:child_process'
import { cpSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { buildShop } from '../../scripts/playground.mjs'

export const BIN = fileURLToPath(new URL('../../packages/cli/bin/foghorn.js', import.meta.url))

export const foghorn = (args, env = {}) =>
  promisify(execFile)(process.execPath, [BIN, ...args], { env: { ...process.env, ...env } })

/** Copies the built shop to `folder` and gives its scripts debug IDs. */
export const prepareShop = async (folder) => {
  cpSync(await buildShop(), folder, { recursive: true })
  await foghorn(['sourcemaps', 'inject', folder])
}
