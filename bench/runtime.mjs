// npm run bench -- runtime [--json] [--peers a,b|all] [--runs N]: what an SDK costs a page in Chromium.
// Without --runs it goes on for three minutes.
import { bundleFiles } from './browser/bundle.mjs'
import { readOptions, runsOf } from './browser/options.mjs'
import { choosePeers } from './browser/peers.mjs'
import { takenBy, takeSample } from './browser/runtime/sample.mjs'
import { startSite } from './browser/site.mjs'
import { printResult } from './browser/table.mjs'

const BASELINE = 'empty'
const MAX_MS = 180_000

const options = readOptions({ runs: { type: 'string' } })
const wanted = options.runs && runsOf(options)
const names = choosePeers(options.peers).map(({ name }) => name)
const scripts = new Map()
for (const name of [BASELINE, ...names]) scripts.set(name, await bundleFiles(name))

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

const site = await startSite(scripts)
const samples = new Map([BASELINE, ...names].map((name) => [name, []]))
const taken = new Map()
for (const name of names) taken.set(name, await takenBy(site, name))
const started = Date.now()
let runs = 0
/** The time left is enough for a round that takes as long as those before. */
const fitsAnother = () => (Date.now() - started) * ((runs + 1) / runs) < MAX_MS
while (runs === 0 || (wanted ? runs < wanted : fitsAnother())) {
  runs += 1
  // Interleaved, so that a busy moment of the machine hits all alike.
  for (const [name, own] of samples) {
    own.push(await takeSample(site, name))
    process.stderr.write(`run ${runs}: ${name}\n`)
  }
}
await site.stop()

// Wall-clock metrics: whatever else runs on the machine only adds to them, so their least is nearest to the truth.
const LEAST = ['longTasks', 'blocking', 'captureCall']
const typical = (metric, values) => (LEAST.includes(metric) ? Math.min(...values) : median(values))

const medians = (own) =>
  Object.fromEntries(
    Object.keys(own[0]).map((metric) => [
      metric,
      typical(
        metric,
        own.map((sample) => sample[metric]),
      ),
    ]),
  )
const baseline = medians(samples.get(BASELINE))
const overBaseline = (name) => {
  const own = medians(samples.get(name))
  return Object.fromEntries(
    Object.entries(own).map(([metric, value]) => [metric, Math.max(0, value - baseline[metric])]),
  )
}
const rows = names.map((name) => ({ name, ...overBaseline(name) }))

/** Costs of what an SDK does not do say nothing. */
const isDone = (metric, { name }) => taken.get(name)[metric] !== false
const fixed = (metric, digits) => (row) => (isDone(metric, row) ? row[metric].toFixed(digits) : '–')
const columns = {
  'init, ms': fixed('init', 2),
  'later, ms': fixed('afterInit', 2),
  'capture, ms': fixed('capture', 3),
  requests: fixed('requests', 0),
  'B/request': fixed('bytes', 0),
  'console text, µs': fixed('consoleText', 2),
  'object, µs': fixed('consoleObject', 2),
  'fetch, µs': fixed('fetched', 1),
  'click, µs': fixed('clicked', 2),
  'heap at start, kB': fixed('heapInit', 0),
  'after 10,000 texts, kB': fixed('keptText', 0),
  'and 10,000 tables, kB': fixed('keptTable', 0),
  'page load, ms': fixed('loadCpu', 1),
  'long tasks, ms': fixed('longTasks', 0),
}

const [ours] = rows
const ratio = (metric) => (row) =>
  ours[metric] > 0 && isDone(metric, row) ? (row[metric] / ours[metric]).toFixed(1) : '–'
const ratios = {
  init: ratio('init'),
  capture: ratio('capture'),
  'B/request': ratio('bytes'),
  'console text': ratio('consoleText'),
  object: ratio('consoleObject'),
  fetch: ratio('fetched'),
  click: ratio('clicked'),
  'heap at start': ratio('heapInit'),
  'page load': ratio('loadCpu'),
  'kept tables': ratio('keptTable'),
}

printResult(options, {
  title: `What the SDK adds in Chromium: medians of ${runs} fresh browsers each, an empty page subtracted.`,
  rows,
  columns,
  notes: [
    'Main-thread CPU, except long tasks: wall clock in tasks over 50 ms of a page load, processor slowed 4 times, least of the runs.',
    'Each SDK is loaded as an app would: an ES module, what it imports later in files of its own. init compiles and runs it,',
    'later is the second after it. –: nothing of it is in what the SDK sends. Captures: 200 different errors, ten every 20 ms,',
    'after 100 console lines, sending included and caps lifted; a peer with fewer requests than captures batches or drops.',
    "Ours gives the first events of such a flood the whole trail and the others the end of it; Faro's errors carry no trail.",
  ],
})
if (!options.json) printResult(options, { title: 'The same ÷ ours.', rows, columns: ratios })
