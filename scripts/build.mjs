// Builds what is missing or older than its sources: libraries by tsc, then the SDK's script-tag files, the dashboard and the documentation.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from './install.mjs'
import { main, npm, root, tool } from './run.mjs'

const LIBRARIES = [
  'protocol',
  'symbolicate',
  'artifacts',
  'bundler-plugin',
  'browser',
  'react',
  'feedback',
  'vue',
  'svelte',
  'server',
  'cli',
]

// In this order: the SDK's file for script tags knows the hash of the feedback button's.
const BUNDLES = [
  {
    workspace: '@foghorn/feedback',
    inputs: ['packages/feedback/dist', 'packages/feedback/rollup.config.js', 'package-lock.json'],
    isInput: (file) => !file.endsWith('.min.js'),
    output: 'packages/feedback/dist/report-dialog.min.js',
  },
  {
    workspace: '@foghorn/browser',
    inputs: [
      'packages/browser/dist',
      'packages/browser/rollup.config.js',
      'packages/feedback/dist/foghorn.feedback.min.js',
      'package-lock.json',
    ],
    isInput: (file) =>
      file.endsWith('feedback.min.js') ||
      (!file.endsWith('.min.js') && !file.includes('loader.js') && !file.endsWith('.map')),
    output: 'packages/browser/dist/foghorn.min.js',
  },
  {
    workspace: '@foghorn/dashboard',
    inputs: [
      'packages/dashboard/src',
      'packages/dashboard/public',
      'packages/dashboard/index.html',
      'packages/dashboard/vite.config.js',
      'package-lock.json',
    ],
    isInput: () => true,
    output: 'packages/dashboard/dist/index.html',
  },
  {
    workspace: '@foghorn/docs',
    inputs: [
      'docs',
      'CHANGELOG.md',
      'packages/README.md',
      'packages/server/README.md',
      'packages/dashboard/src/ui/theme.css',
      'packages/dashboard/public/favicon.svg',
      'package-lock.json',
    ],
    isInput: (file) => !/\/docs\/(dist|test|node_modules)\//.test(file),
    output: 'docs/dist/index.html',
  },
]

const filesIn = (path) => {
  if (!existsSync(path)) return []
  const entries = readdirSync(path, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

const isFolder = (path) => existsSync(path) && !/\.\w+$/.test(path)

/** A hash of the inputs' names and contents. */
export const fingerprint = (inputs, isInput = () => true) => {
  const files = inputs.map((input) => join(root, input)).flatMap((path) => (isFolder(path) ? filesIn(path) : [path]))
  const hash = createHash('sha256')
  for (const file of files.filter(isInput).sort())
    if (existsSync(file)) hash.update(file.slice(root.length)).update(readFileSync(file))
  return hash.digest('hex')
}

const stampFile = (name) => join(root, 'node_modules', '.cache', 'foghorn', `${name.replaceAll('/', '-')}.built`)

/** Runs `build` unless its output is there and was made from the same inputs. */
export const whenStale = async ({ name, inputs, isInput, output }, build) => {
  const stamp = stampFile(name)
  const current = fingerprint(inputs, isInput)
  if (existsSync(join(root, output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === current) return
  console.log(`Building ${name} …`)
  await build()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, fingerprint(inputs, isInput))
}

export const build = async () => {
  await tool('tsc', ['-b', ...LIBRARIES.map((name) => `packages/${name}`)])
  for (const { workspace, ...bundle } of BUNDLES)
    await whenStale({ name: workspace, ...bundle }, () => npm(['run', 'build', '--silent', '-w', workspace]))
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await main(async () => {
    await ensureInstalled()
    await build()
  })
