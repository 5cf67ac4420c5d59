// npm run bench [-- <name> [options]]: runs bench/<name>.mjs with the peers that bench/package.json names; all of them, in one report, without a name.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { main, npm, root, run } from './run.mjs'

const [name = 'report', ...options] = process.argv.slice(2)
const folder = join(root, 'bench')

await main(async () => {
  const known = readdirSync(folder)
    .filter((file) => file.endsWith('.mjs'))
    .map((file) => file.slice(0, -4))
  if (!known.includes(name))
    throw new Error(`There is no benchmark ${name}. npm run bench -- <${known.join('|')}> [--json]`)
  await ensureInstalled()
  await build()
  if (!existsSync(join(folder, 'node_modules')))
    await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder })
  await run(process.execPath, [join(folder, `${name}.mjs`), ...options])
})
