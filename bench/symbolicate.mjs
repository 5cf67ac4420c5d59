// npm run bench -- symbolicate [--json] [--quick]: our index beside the libraries that read source maps, on the same real maps.
// Every measurement runs in a process of its own, so that neither caches nor memory of one reach the next.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const mapsFolder = join(here, 'maps')
const measure = join(here, 'symbolicate/measure.mjs')

const MAPS = {
  bootstrap: 'bootstrap/dist/js/bootstrap.bundle.min.js.map',
  hls: 'hls.js/dist/hls.min.js.map',
  antd: 'antd/dist/antd.min.js.map',
  monaco: 'monaco-editor/min-maps/vs/editor/editor.main.js.map',
  tfjs: '@tensorflow/tfjs/dist/tf.min.js.map',
  mermaid: 'mermaid/dist/mermaid.min.js.map',
  babel: '@babel/standalone/babel.js.map',
}
const LIBRARIES = ['foghorn', 'source-map', 'source-map-js', 'trace-mapping']

const options = new Set(process.argv.slice(2))
const rounds = options.has('--quick') ? 2 : 5
const POSITIONS = 200_000

const ensureMaps = () => {
  if (existsSync(join(mapsFolder, 'node_modules'))) return
  console.error('Installing the packages whose maps are measured (about 800 MB) …')
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: mapsFolder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
}

/** Positions of mappings, in a fixed random order: lines and columns, 0-based. */
const writePositions = (map, file) => {
  const { decode } = createRequire(join(mapsFolder, 'package.json'))('@jridgewell/sourcemap-codec')
  const lines = decode(JSON.parse(readFileSync(map, 'utf8')).mappings)
  const filled = lines.flatMap((segments, line) => segments.map(({ 0: column }) => [line, column]))
  let state = 42
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
  const positions = new Int32Array(POSITIONS * 2)
  for (let i = 0; i < POSITIONS; i++) positions.set(filled[Math.floor(random() * filled.length)], i * 2)
  writeFileSync(file, Buffer.from(positions.buffer))
  return filled.length
}

const run = (task, request) =>
  JSON.parse(
    execFileSync(process.execPath, [measure, task, JSON.stringify(request)], {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  )

const best = (times, task, request) => {
  const results = Array.from({ length: times }, () => run(task, request))
  return results.reduce((a, b) => (b.ms < a.ms ? b : a))
}

const filesOf = (folder, name) => ({
  map: join(mapsFolder, 'node_modules', MAPS[name]),
  index: join(folder, `${name}.index`),
  positions: join(folder, `${name}.positions`),
})

/** The smallest other map, for processes that have resolved something before. */
const earlier = (folder, name) =>
  filesOf(
    folder,
    Object.keys(MAPS).find((other) => other !== name),
  )

const measureBuild = (folder, name) => {
  const { map, index, positions } = filesOf(folder, name)
  const mappings = writePositions(map, positions)
  const build = best(Math.min(rounds, 3), 'build', { map, index, functionNames: true })
  const plain = best(Math.min(rounds, 3), 'build', { map, index: `${index}.plain`, functionNames: false })
  return {
    map: name,
    mapBytes: statSync(map).size,
    mappings,
    indexBytes: statSync(index).size,
    buildMs: { all: build.ms, withoutNames: plain.ms },
    buildPeakMb: { all: build.peakMb, withoutNames: plain.peakMb },
  }
}

const measureLookups = (folder, name) => {
  const { map, index, positions } = filesOf(folder, name)
  const libraries = {}
  for (const library of LIBRARIES) {
    const request = { library, map, index, positions }
    const first = best(rounds, 'first', request)
    const running = best(rounds, 'first', { ...request, before: earlier(folder, name) })
    const warm = run('warm', { ...request, rounds })
    libraries[library] = {
      firstMs: first.ms,
      runningFirstMs: running.ms,
      lookupsPerSecond: warm.lookupsPerSecond,
      stacksPerSecond: warm.stacksPerSecond,
      peakMb: warm.peakMb,
      checksum: warm.checksum,
    }
  }
  const frames = run('frames', { index, positions, rounds, before: earlier(folder, name) })
  const checksums = new Set(Object.values(libraries).map(({ checksum }) => checksum))
  return { libraries, framesPerSecond: frames, agree: checksums.size === 1 }
}

const table = (rows) => {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)))
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => (column === 0 ? String(cell).padEnd(widths[0]) : String(cell).padStart(widths[column])))
        .join('  '),
    )
  console.log('')
}

const mb = (bytes) => (bytes / 1e6).toFixed(1)
const ms = (value) => (value < 10 ? value.toFixed(2) : value.toFixed(0))
const millions = (value) => (value / 1e6).toFixed(2)

const print = ({ results, whole }) => {
  const perLibrary = (title, pick) => {
    console.log(title)
    table([
      ['map', ...LIBRARIES],
      ...results.map(({ map, libraries }) => [map, ...LIBRARIES.map((library) => pick(libraries[library]))]),
    ])
  }
  console.log('Building the index once, at upload')
  table([
    [
      'map',
      'map MB',
      'mappings',
      'index MB',
      'index/map',
      'ms',
      'ms without function names',
      'peak MB',
      'peak MB without',
    ],
    ...results.map((r) => [
      r.map,
      mb(r.mapBytes),
      r.mappings,
      mb(r.indexBytes),
      (r.indexBytes / r.mapBytes).toFixed(2),
      ms(r.buildMs.all),
      ms(r.buildMs.withoutNames),
      r.buildPeakMb.all,
      r.buildPeakMb.withoutNames,
    ]),
  ])
  perLibrary(
    'First position of a map in a process that resolved another map before, file opened and read included, ms (best)',
    ({ runningFirstMs }) => ms(runningFirstMs),
  )
  perLibrary('The same in a process that has just started: its code is compiled meanwhile, ms (best)', ({ firstMs }) =>
    ms(firstMs),
  )
  perLibrary('Warm lookups, random positions, million/s (best)', ({ lookupsPerSecond }) => millions(lookupsPerSecond))
  perLibrary('Warm lookups, stacks of 30 frames that return, million/s (best)', ({ stacksPerSecond }) =>
    millions(stacksPerSecond),
  )
  perLibrary('Peak resident memory of that process, MB', ({ peakMb }) => peakMb)
  console.log('Whole frames of our index: position, function name, lines of code; thousand/s')
  table([
    ['map', 'cold', 'warm', 'first frame ms', 'same positions as the libraries'],
    ...results.map((r) => [
      r.map,
      (r.framesPerSecond.cold / 1e3).toFixed(1),
      (r.framesPerSecond.warm / 1e3).toFixed(1),
      ms(r.framesPerSecond.firstMs),
      r.agree ? 'yes' : 'NO',
    ]),
  ])
  console.log(
    `All ${results.length} indexes open in one process, 210,000 random frames: peak ${whole.positions.peakMb} MB resident for positions and names, ${whole.frames.peakMb} MB with lines of code and functions (${whole.positions.baseMb} MB before the first)`,
  )
}

ensureMaps()
const folder = mkdtempSync(join(tmpdir(), 'bench-symbolicate-'))
try {
  const builds = Object.keys(MAPS).map((name) => measureBuild(folder, name))
  const results = builds.map((build) => ({ ...build, ...measureLookups(folder, build.map) }))
  const all = {
    indexes: results.map(({ map }) => join(folder, `${map}.index`)),
    positions: results.map(({ map }) => join(folder, `${map}.positions`)),
  }
  const whole = { positions: run('whole', all), frames: run('whole', { ...all, withFrames: true }) }
  if (options.has('--json')) console.log(JSON.stringify({ results, whole }, null, 2))
  else print({ results, whole })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
