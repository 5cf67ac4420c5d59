// Types, lint (import directions included) and format of the whole checkout.
import { fileURLToPath } from 'node:url'
import { build } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { main, tool } from './run.mjs'

export const check = async () => {
  await tool('tsc', ['-b'])
  await tool('oxlint', ['--deny-warnings'])
  await tool('oxfmt', ['--check'])
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await main(async () => {
    await ensureInstalled()
    await build()
    await check()
  })
