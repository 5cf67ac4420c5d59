// Everything: install and build what is missing, then types and lint, unit and integration tests, real browsers, sizes.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { main, root, run, tool } from './run.mjs'
import { scratchFolder } from './scratch.mjs'

const isLong = process.argv.includes('--long')

const failures = []

/** A stage that fails does not keep the others from being run. */
const stage = async (title, work) => {
  const start = Date.now()
  console.log(`\n=== ${title}`)
  const error = await work().then(
    () => undefined,
    (failure) => failure,
  )
  if (error) failures.push(`${title}: ${error.message}`)
  console.log(`=== ${title}: ${Math.round((Date.now() - start) / 1000)} s${error ? ', FAILED' : ''}`)
}

const unitTests = (env, scratch) => {
  const report = join(scratch, 'failed-tests.txt')
  const reporters = ['--reporter=default', '--reporter=./scripts/failed-tests.mjs']
  return tool('vitest', ['run', ...reporters], { env: { ...env, FOGHORN_FAILED_TESTS: report } }).catch((error) => {
    throw new Error(existsSync(report) ? `${error.message}\n${readFileSync(report, 'utf8')}` : error.message)
  })
}

await main(async () => {
  await ensureInstalled()
  await build()
  const { check } = await import('./check.mjs')
  await stage('types, lint, format', check)
  const { ensureChromium } = await import('./browsers.mjs')
  const chromium = await ensureChromium()
  const { ensureNats } = await import('./nats.mjs')
  ensureNats()
  const scratch = scratchFolder()
  const mode = isLong ? { FOGHORN_LONG: '1' } : { TMPDIR: scratch }
  const env = { ...process.env, FOGHORN_CHROMIUM: chromium, ...mode }
  await stage('sizes', () => run(process.execPath, ['scripts/size.mjs']))
  await stage('unit and integration tests', () => unitTests(env, scratch))
  await stage('end to end, in real browsers', () =>
    tool('playwright', ['test', '-c', `${root}/e2e/playwright.config.ts`], { env }),
  )
  if (isLong) await stage('soak', () => run(process.execPath, ['bench/soak.mjs'], { env }))
  if (failures.length > 0) throw new Error(`Failed:\n${failures.join('\n')}`)
})
