// npm run bench -- matrix [--json] [--peers a,b|all] [--rows text] [--runs N]: what really arrives from a real browser.
import { bundleScript } from './browser/bundle.mjs'
import { launch } from './browser/chromium.mjs'
import { capture } from './browser/matrix/capture.mjs'
import { delivery } from './browser/matrix/delivery.mjs'
import { manners } from './browser/matrix/manners.mjs'
import { trail } from './browser/matrix/trail.mjs'
import { countBest, tableOf } from './browser/matrix/report.mjs'
import { createVisit } from './browser/matrix/visit.mjs'
import { readOptions, runsOf } from './browser/options.mjs'
import { choosePeers } from './browser/peers.mjs'
import { startSite } from './browser/site.mjs'

// What ours offers beyond its defaults.
const OPT_IN = 'foghorn-opt-in'
// Visits mostly wait, so several at a time; more would let the browser's own load decide the races.
const AT_ONCE = 6

const options = readOptions({ runs: { type: 'string', default: '1' }, rows: { type: 'string', default: '' } })
const runs = runsOf(options)
const peers = choosePeers(options.peers, (peer) => peer.core || peer.name === 'sentry-offline').map(({ name }) => name)
const scenarios = [...capture, ...delivery, ...trail, ...manners].filter(({ rows }) =>
  Object.keys(rows).some((row) => row.includes(options.rows)),
)

const scripts = new Map()
for (const name of [...peers, OPT_IN]) scripts.set(name, await bundleScript(name))
const site = await startSite(scripts)
const browser = await launch(site.port)

const rows = Object.assign({}, ...scenarios.map((scenario) => scenario.rows))
/** Row -> SDK -> what each run gave. */
const results = new Map(Object.keys(rows).map((row) => [row, new Map()]))
const keep = (sdk, answers) => {
  for (const [row, value] of Object.entries(answers))
    results.get(row).set(sdk, [...(results.get(row).get(sdk) ?? []), value])
}

const attend = async ({ sdk, scenario }) => {
  const visit = await createVisit({ browser, site, sdk })
  try {
    keep(sdk, await scenario.run(visit))
  } catch (error) {
    process.stderr.write(`${sdk}, ${Object.keys(scenario.rows)[0]}: ${error.message.split('\n')[0]}\n`)
  } finally {
    await visit.close()
  }
}

const jobs = Array.from({ length: runs }, () =>
  scenarios.flatMap((scenario) => peers.map((sdk) => ({ sdk, scenario }))),
).flat()
const work = async () => {
  for (let job = jobs.shift(); job; job = jobs.shift()) await attend(job)
}
await Promise.all(Array.from({ length: AT_ONCE }, work))
await browser.close()
await site.stop()

if (options.json) {
  const found = [...results].map(([row, bySdk]) => ({ row, ...Object.fromEntries(bySdk) }))
  const best = countBest(rows, results, peers)
  process.stdout.write(`${JSON.stringify({ title: 'What arrives', rows: found, best }, null, 2)}\n`)
} else {
  const title = 'What arrives, in Chromium. ✗ marks what is not the best answer.'
  process.stdout.write(`\n${title}\n\n${tableOf(rows, results, peers)}\n`)
}
