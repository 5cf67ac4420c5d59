// npm run size [-- --json]: what each import and each script-tag file weighs, as a page would load it. Over a budget is a failure.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const packageFolder = (name) => fileURLToPath(new URL(`../packages/${name}`, import.meta.url))
const SDK = packageFolder('browser')

// The package that depends on all that is weighed.
const FEEDBACK = fileURLToPath(new URL('../packages/feedback', import.meta.url))

const EVERYTHING = `import { init, defaultSources, captureException } from '@foghorn/browser'
import { webVitals } from '@foghorn/browser/vitals'
export const start = (options) => init({ ...options, sources: [...defaultSources(), webVitals()] })
export { captureException }`

const WITH_BUTTON = `${EVERYTHING}
export { feedbackButton } from '@foghorn/feedback'`

const ERRORS_ONLY = `import { start, uncaughtErrors, unhandledRejections, captureException } from '@foghorn/browser'
export const init = (options) => start(options, () => [uncaughtErrors(), unhandledRejections()])
export { captureException }`

const SDK_ITSELF = /^@foghorn\/browser$/

/** Budgets are bytes after gzip -9, of what is fetched at once; `total` of all that is fetched in the end. */
const IMPORTS = [
  {
    name: 'core: init, captureException',
    code: "export { init, captureException } from '@foghorn/browser'",
    budget: 6000,
  },
  // Only one of the two chunks of web-vitals is ever fetched, the one with attribution when asked for. Chunks compress
  // apart, so together they weigh more than the one file below.
  { name: 'core, buffer, sessions, web vitals', code: EVERYTHING, total: 15_200, aside: 'web-vitals.attribution' },
  // As other SDKs are bundled: one file. The form is fetched when somebody opens it.
  {
    name: 'the same and the feedback button, in one file',
    code: WITH_BUTTON,
    oneFile: true,
    beside: /web-vitals\.attribution|open-form/,
    budget: 15_000,
  },
  { name: 'errors without breadcrumbs', code: ERRORS_ONLY },
  { name: 'the whole API', code: "export * from '@foghorn/browser'" },
  { name: 'tracing', code: "export { tracing, startSpan } from '@foghorn/browser/tracing'" },
  { name: 'in a worker', code: "export { reportToPage } from '@foghorn/browser/worker'" },
  // What these add to a page that has the SDK and the framework already.
  {
    name: 'feedback button',
    code: "export { feedbackButton } from '@foghorn/feedback'",
    beside: SDK_ITSELF,
    budget: 1000,
  },
  { name: 'React', code: "export * from '@foghorn/react'", beside: /^(@foghorn\/browser|react)$/, budget: 2500 },
  { name: 'Vue', code: "export * from '@foghorn/vue'", beside: SDK_ITSELF, budget: 1000 },
  { name: 'Svelte', code: "export * from '@foghorn/svelte'", beside: SDK_ITSELF, budget: 1000 },
]
const FILES = [
  { name: 'foghorn.min.js, buffer and sessions inside', file: 'foghorn.min.js', total: 15_000 },
  { name: 'loader.min.js', file: 'loader.min.js', budget: 1000 },
  { name: 'foghorn.feedback.min.js', file: 'foghorn.feedback.min.js', from: 'feedback', budget: 1300 },
  { name: '  later: the form', file: 'foghorn.feedbackForm.min.js', from: 'feedback' },
]

export const weigh = (text) => ({
  min: Buffer.byteLength(text),
  gzip: gzipSync(text, { level: 9 }).length,
  brotli: brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
})

const virtual = (code) => ({
  name: 'entry',
  resolveId: (id) => (id === 'entry' ? '\0entry' : undefined),
  load: (id) => (id === '\0entry' ? code : undefined),
})

/** Rollup and its plugins, from the SDK's own dependencies. */
const tools = async () => {
  const require = createRequire(join(SDK, 'package.json'))
  const load = async (name) => await import(pathToFileURL(require.resolve(name)))
  const [{ rollup }, ...plugins] = await Promise.all(
    ['rollup', '@rollup/plugin-node-resolve', '@rollup/plugin-terser'].map(load),
  )
  return [rollup, ...plugins.map((plugin) => plugin.default)]
}

/** Bundles code as an app would: minified; what is imported later is in chunks of its own, unless all goes in one file. */
const bundle = async ({ code, beside: external = [], oneFile = false }) => {
  const [rollup, resolve, terser] = await tools()
  const minify = terser({ ecma: 2020, module: true, compress: { passes: 2 } })
  const bundled = await rollup({
    input: 'entry',
    external,
    // As in an app, whose entry exports nothing: what is imported later may take from it what it needs.
    preserveEntrySignatures: 'allow-extension',
    plugins: [virtual(code), resolve({ browser: true, rootDir: FEEDBACK }), minify],
    onwarn: () => {},
  })
  const { output } = await bundled.generate({ format: 'es', inlineDynamicImports: oneFile })
  await bundled.close()
  return output.filter((chunk) => chunk.type === 'chunk')
}

const weighImport = async ({ name, budget, total, aside, ...entryCode }) => {
  const chunks = await bundle(entryCode)
  const entry = chunks.find((chunk) => chunk.isEntry)
  const eager = chunks.filter((chunk) => chunk === entry || entry.imports.includes(chunk.fileName))
  const later = chunks.filter((chunk) => !eager.includes(chunk) && chunk.name !== aside)
  const rows = later.map((chunk) => ({ name: `  later: ${chunk.name}`, ...weigh(chunk.code) }))
  const first = { name, budget, total, ...weigh(eager.map((chunk) => chunk.code).join('\n')) }
  return [{ ...first, all: [first, ...rows].reduce((sum, row) => sum + row.gzip, 0) }, ...rows]
}

const weighFile = async ({ file, from = 'browser', ...row }) => {
  const weight = weigh(await readFile(join(packageFolder(from), 'dist', file), 'utf8'))
  return { ...row, ...weight, all: weight.gzip }
}

/** What a browser fetches before the dashboard shows its first page: the entry and what its page preloads, each compressed by itself. */
const weighDashboard = async () => {
  const dist = join(packageFolder('dashboard'), 'dist')
  const page = await readFile(join(dist, 'index.html'), 'utf8')
  const files = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path)
  const weights = await Promise.all(files.map(async (path) => weigh(await readFile(join(dist, path), 'utf8'))))
  const sum = (unit) => weights.reduce((total, weight) => total + weight[unit], 0)
  const first = { min: sum('min'), gzip: sum('gzip'), brotli: sum('brotli') }
  return { name: 'dashboard: script of the first load', budget: 150_000, all: first.gzip, ...first }
}

const isOver = ({ budget = Infinity, total = Infinity, gzip, all = 0 }) => gzip > budget || all > total

const line = (name, cells) => `${name.padEnd(46)}${cells.map((cell) => String(cell ?? '').padStart(9)).join('')}\n`

const print = (rows) => {
  process.stdout.write(line('', ['min', 'gzip', 'brotli', 'budget', 'all gzip', 'budget']))
  for (const row of rows) {
    const { name, min, gzip, brotli, budget, all, total } = row
    process.stdout.write(line(name, [min, gzip, brotli, budget, all, total, isOver(row) ? 'OVER' : '']))
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const imports = await Promise.all(IMPORTS.map(weighImport))
  const rows = [...imports.flat(), ...(await Promise.all(FILES.map(weighFile))), await weighDashboard()]
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ rows })}\n`)
  else print(rows)
  if (rows.some(isOver)) {
    process.stderr.write('Over budget: make it smaller, or change the budget in scripts/size.mjs and say why.\n')
    process.exitCode = 1
  }
}
