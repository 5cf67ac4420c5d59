// The benchmarks of the report: how each is run, and which of its numbers are shown beside which targets.
import { alone, atLeast, atMost, both, byName, figure, highest, lowest, partOf } from './figure.mjs'

const size = ({ rows }) => [
  figure({
    what: 'an SDK with its usual capture, gzip',
    unit: 'bytes',
    values: byName(
      rows.filter(({ name }) => name !== 'foghorn-everything'),
      'gzip',
    ),
    target: lowest,
  }),
]

const budgets = ({ rows }) =>
  rows
    .filter(({ budget, total }) => budget ?? total)
    .map(({ name, gzip, all, budget, total }) =>
      figure({
        what: name,
        unit: 'bytes, gzip',
        values: alone(total ? all : gzip),
        target: atMost(total ?? budget),
      }),
    )

// Sentry's times where the targets were set: 9.2 ms to start, 1.03 ms for a capture, 3.0 µs for a line of the console.
const RUNTIME = [
  ['start', 'init', 'ms', both(partOf('sentry', 1.5 / 9.2), lowest)],
  ['capture, sending included', 'capture', 'ms', both(partOf('sentry', 0.15 / 1.03), lowest)],
  ['breadcrumb of a console text', 'consoleText', 'µs', both(partOf('sentry', 1.5 / 3), lowest)],
  ['breadcrumb of a console object', 'consoleObject', 'µs'],
  ['breadcrumb of a fetch', 'fetched', 'µs'],
  ['breadcrumb of a click', 'clicked', 'µs'],
  ['bytes of a request', 'bytes', 'B'],
  ['heap at the start', 'heapInit', 'kB', lowest],
  ['kept after 10,000 console texts', 'keptText', 'kB'],
  ['kept after 10,000 tables', 'keptTable', 'kB'],
  ['page load', 'loadCpu', 'ms'],
]

const runtime = ({ rows }) =>
  RUNTIME.map(([what, metric, unit, target]) => figure({ what, unit, values: byName(rows, metric), target }))

const matrix = ({ best }) => [
  figure({
    what: `best answers, of ${best[0].judged} situations`,
    unit: 'situations',
    values: byName(best, 'answers'),
    target: both(atLeast(best[0].judged), highest),
  }),
]

const largest = (results) => results.toSorted((a, b) => b.mapBytes - a.mapBytes)[0]
const ofLibraries = (libraries, metric, scale = 1) =>
  Object.entries(libraries).map(([name, measured]) => ({ name, value: measured[metric] * scale }))

const symbolicate = ({ results, whole }) => {
  const big = largest(results)
  return [
    figure({
      what: `first frame of ${big.map} (${Math.round(big.mapBytes / 1e6)} MB), running process`,
      unit: 'ms',
      values: ofLibraries(big.libraries, 'runningFirstMs'),
      target: both(atMost(1), partOf('source-map', 1 / 300)),
    }),
    ...results.map(({ map, libraries }) =>
      figure({
        what: `warm look-ups, ${map}`,
        unit: 'million/s',
        values: ofLibraries(libraries, 'lookupsPerSecond', 1e-6),
        target: highest,
      }),
    ),
    figure({
      what: 'resident memory, every map of the set',
      unit: 'MB',
      values: alone(whole.frames.peakMb),
      target: atMost(110),
    }),
  ]
}

const upload = ({ results }) => [
  figure({
    what: 'upload of 200 maps',
    unit: 's',
    values: results.map(({ tool, seconds }) => ({ name: tool, value: seconds })),
    target: lowest,
  }),
  figure({
    what: 'its memory',
    unit: 'MB',
    values: results.map(({ tool, peakMegabytes }) => ({ name: tool, value: peakMegabytes })),
    target: lowest,
  }),
]

const ingest = ({ rows }) => {
  const [bare, accept, ...whole] = rows
  return [
    figure({
      what: 'durable accept, of a bare endpoint',
      unit: '%',
      values: alone((100 * accept.perCpuSecond) / bare.perCpuSecond),
      target: atLeast(60),
    }),
    ...whole.flatMap(({ name, perSecond, peakMegabytes, p99 }) => [
      figure({ what: name, unit: 'events/s', values: alone(perSecond), target: atLeast(1000) }),
      figure({ what: `${name}: slowest answer but one in a hundred`, unit: 'ms', values: alone(p99) }),
      figure({ what: `${name}: memory`, unit: 'MB', values: alone(peakMegabytes), target: atMost(300) }),
    ]),
  ]
}

const hostile = ({ rows: [, meanwhile] }) => [
  figure({ what: 'small events between hostile bodies, p99', unit: 'ms', values: alone(meanwhile.p99) }),
  figure({ what: 'memory', unit: 'MB', values: alone(meanwhile.peak), target: atMost(300) }),
]

const read = ({ rows }) =>
  rows.flatMap(({ name, small, large }) => [
    figure({ what: `${name}: p95 over a grown store`, unit: 'ms', values: alone(large.p95), target: atMost(50) }),
    figure({ what: `${name}: growth of the median`, unit: '×', values: alone(large.p50 / small.p50) }),
  ])

const dashboard = ({ rows }) =>
  rows.map(({ name, value, budget }) => figure({ what: name, unit: '', values: alone(value), target: atMost(budget) }))

const lateMaps = ({ regroupedPerSecond, slowestEventMs, peakMegabytes }) => [
  figure({ what: 'events symbolicated again', unit: 'events/s', values: alone(regroupedPerSecond) }),
  figure({ what: 'slowest new event meanwhile', unit: 'ms', values: alone(slowestEventMs) }),
  figure({ what: 'memory', unit: 'MB', values: alone(peakMegabytes) }),
]

const issues = ({ distinct, same }) => [
  figure({ what: 'different issues', unit: 'events/s', values: alone(distinct.perSecond) }),
  figure({ what: 'events of one issue', unit: 'events/s', values: alone(same.perSecond) }),
  figure({ what: 'list of issues afterwards, p95', unit: 'ms', values: alone(same.listMs.p95), target: atMost(50) }),
]

const scale = ({ rows }) => [
  figure({ what: 'events end to end', unit: 'events/s', values: byName(rows, 'perSecond') }),
  figure({ what: 'processor time of all parts', unit: 's / 10,000 events', values: byName(rows, 'total') }),
  figure({ what: 'stored', unit: 'bytes / event', values: byName(rows, 'bytesPerEvent') }),
]

/** `filled`: takes folders of filled stores, the small and the grown one. */
export const SECTIONS = [
  { name: 'size', title: 'What an SDK weighs', read: size },
  { name: 'budgets', title: 'What each import and file weighs', script: '../scripts/size.mjs', read: budgets },
  { name: 'runtime', title: 'What an SDK costs a page', args: ['--runs', '6'], read: runtime },
  { name: 'matrix', title: 'What really arrives', read: matrix },
  { name: 'symbolicate', title: 'From a minified frame to the original', read: symbolicate },
  { name: 'upload', title: 'Uploading source maps', read: upload },
  {
    name: 'ingest',
    title: 'Taking events in',
    args: ['--events', '12000', '--rounds', '2'],
    filled: ([small, large]) => ['--stored', `0,${small},${large}`],
    read: ingest,
  },
  { name: 'hostile', title: 'Among hostile bodies', read: hostile },
  { name: 'late-maps', title: 'Maps that arrive late', read: lateMaps },
  { name: 'issues', title: 'Many issues, and one with many events', read: issues },
  { name: 'read', title: 'Reading', filled: ([small, large]) => ['--stores', `${small},${large}`], read },
  { name: 'dashboard', title: 'The dashboard', read: dashboard },
  { name: 'scale', title: 'One process, and several', read: scale },
]
