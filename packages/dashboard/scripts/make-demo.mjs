// node packages/dashboard/scripts/make-demo.mjs: builds the demo's app, lets it fail, and writes what the button “Fill a
// demo project” sends: the minified script with its map as they would be uploaded, and the stacks as an engine told them.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'
import { writeBundle } from '../../artifacts/dist/bundle.js'
import { collectEntries } from '../../artifacts/dist/collect-entries.js'
import { findScripts, injectFolder } from '../../artifacts/dist/index.js'

const ORIGIN = 'https://ferries.example'
const CHUNK_BYTES = 8 * 1024 * 1024

const app = fileURLToPath(new URL('../demo/', import.meta.url))
const out = fileURLToPath(new URL('../public/demo/', import.meta.url))

const buildApp = (outDir) =>
  build({
    root: app,
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: true,
      sourcemap: 'hidden',
      minify: true,
      target: 'es2023',
      rollupOptions: {
        input: join(app, 'src/main.ts'),
        preserveEntrySignatures: 'strict',
        output: {
          entryFileNames: 'assets/ferries-[hash].js',
          // As if it had been built beside its sources.
          sourcemapPathTransform: (path) => `../src/${basename(path)}`,
        },
      },
    },
  })

// `at name (place:line:column)` or `at place:line:column`.
const FRAME = /^\s*at (?:(?:async )?(.+?) \()?(file:\/\/.+?):(\d+):(\d+)\)?$/gm

/** The oldest call first, as events list them. */
const framesOf = (error, folder) => {
  const base = pathToFileURL(folder).href
  return [...error.stack.matchAll(FRAME)]
    .filter(([, , file]) => file.startsWith(base))
    .map(([, name, file, line, column]) => ({
      function: name ?? '?',
      filename: file.replace(base, ORIGIN),
      lineno: Number(line),
      colno: Number(column),
      in_app: true,
    }))
    .toReversed()
}

const causes = (error) => (error.cause instanceof Error ? [...causes(error.cause), error] : [error])

const exceptionsOf = (error, folder) =>
  causes(error).map((one) => ({
    type: one.name,
    value: one.message,
    stacktrace: { frames: framesOf(one, folder) },
  }))

const failureOf = async (visit, folder) => {
  try {
    await visit()
  } catch (error) {
    return exceptionsOf(error, folder)
  }
  throw new Error('A visit of the demo met no fault.')
}

const folder = await mkdtemp(join(tmpdir(), 'foghorn-demo-'))
try {
  await buildApp(folder)
  const { outcomes } = await injectFolder({ folder })
  const [{ script, debugId }] = outcomes
  const { visits } = await import(pathToFileURL(join(folder, script)).href)
  const failures = {}
  for (const [name, visit] of Object.entries(visits)) failures[name] = await failureOf(visit, folder)
  const { scripts } = await findScripts(folder)
  const { entries } = await collectEntries(scripts, { urlPrefix: '~', hasRelease: true, isInlining: false })
  const info = { org: 'demo', projects: ['demo'], chunkSize: CHUNK_BYTES }
  const { checksum } = await writeBundle(join(out, 'maps.zip'), entries, info)
  const image = { type: 'sourcemap', code_file: `${ORIGIN}/${script}`, debug_id: debugId }
  await writeFile(join(out, 'failures.json'), `${JSON.stringify({ checksum, image, failures }, null, 1)}\n`)
} finally {
  await rm(folder, { recursive: true })
}
