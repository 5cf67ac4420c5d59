// npm run bench -- upload [--json] [--quick] [--rounds N]: our upload beside sentry-cli's, the same build to the same service.
// Each upload gets a service with an empty folder, so that nothing is there already.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { makeBuild } from './upload/make-build.mjs'
import { runMeasured } from './upload/run-measured.mjs'

const bin = fileURLToPath(new URL('../packages/cli/bin/foghorn.js', import.meta.url))
const { SentryCli, default: fallback } = createRequire(new URL('../packages/cli/package.json', import.meta.url))(
  '@sentry/cli',
)
const sentryCli = (SentryCli ?? fallback).getPath()

const args = process.argv.slice(2)
const options = new Set(args)
const isQuick = options.has('--quick')
const BUILD = isQuick ? { scripts: 20, mapBytes: 1_500_000 } : { scripts: 200, mapBytes: 1_500_000 }
const ROUNDS = options.has('--rounds') ? Number(args[args.indexOf('--rounds') + 1]) : isQuick ? 1 : 3

const foghorn = (args, data) =>
  JSON.parse(execFileSync(process.execPath, [bin, ...args, '--json', '--data', data], { encoding: 'utf8' }))

const startService = async (data) => {
  const child = spawn(bin, ['serve', '--port', '0', '--data', data], { stdio: ['ignore', 'ignore', 'pipe'] })
  const url = await new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('The service ended before it listened.')))
    createInterface({ input: child.stderr }).on('line', (line) => {
      const found = /^Foghorn is at (\S+)$/.exec(line)
      if (found) resolve(found[1])
    })
  })
  const stop = () => new Promise((resolve) => child.once('exit', resolve) && child.kill('SIGTERM'))
  return { url, stop }
}

const TOOLS = {
  foghorn: (dist) => [process.execPath, [bin, 'sourcemaps', 'upload', dist]],
  'sentry-cli': (dist) => [sentryCli, ['sourcemaps', 'upload', '--wait', dist]],
}

const measure = async (tool, dist) => {
  const data = mkdtempSync(join(tmpdir(), 'foghorn-bench-data-'))
  const service = await startService(data)
  try {
    foghorn(['project', 'create', 'acme/shop'], data)
    const { token } = foghorn(['token', 'create', '--org', 'acme'], data)
    const [command, flags] = TOOLS[tool](dist)
    return await runMeasured(command, flags, {
      SENTRY_URL: service.url,
      SENTRY_AUTH_TOKEN: token,
      SENTRY_ORG: 'acme',
      SENTRY_PROJECT: 'shop',
      SENTRY_LOG_LEVEL: 'warn',
      SENTRY_CLI_NO_TELEMETRY: '1',
    })
  } finally {
    await service.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

const dist = mkdtempSync(join(tmpdir(), 'foghorn-bench-dist-'))
try {
  const bytes = await makeBuild(dist, BUILD)
  execFileSync(process.execPath, [bin, 'sourcemaps', 'inject', dist])
  const runs = { foghorn: [], 'sentry-cli': [] }
  for (let round = 0; round < ROUNDS; round++)
    for (const tool of Object.keys(TOOLS)) runs[tool].push(await measure(tool, dist))
  const results = Object.entries(runs).map(([tool, all]) => ({
    tool,
    seconds: Number(median(all.map((run) => run.seconds)).toFixed(1)),
    peakMegabytes: Math.round(Math.max(...all.map((run) => run.peak)) / 1e6),
  }))
  const about = { maps: BUILD.scripts, megabytes: Math.round(bytes / 1e6), rounds: ROUNDS, results }
  if (options.has('--json')) console.log(JSON.stringify(about))
  else {
    console.log(`${about.maps} maps, ${about.megabytes} MB, median of ${ROUNDS}`)
    console.table(results)
  }
} finally {
  rmSync(dist, { recursive: true, force: true })
}
