import { statSync } from 'node:fs'
import { join } from 'node:path'
import { linkPostgres } from './postgres.mjs'
import { npm, root } from './run.mjs'

const timeOf = (file) => statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0

/** Installs what the lock file names, when that has not been done since the lock file last changed. */
export const ensureInstalled = async () => {
  if (timeOf('node_modules/.package-lock.json') >= timeOf('package-lock.json')) return
  console.log('Installing dependencies …')
  await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'])
  await linkPostgres()
}
