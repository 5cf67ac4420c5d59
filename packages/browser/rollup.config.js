import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import resolve from '@rollup/plugin-node-resolve'
import replace from '@rollup/plugin-replace'
import terser from '@rollup/plugin-terser'

// tsc has written dist/*.js and the types beside them. This makes from them what is published:
// ES modules with and without the texts for developers, and the files for script tags.

const defineDev = (value) => replace({ preventAssignment: true, values: { __DEV__: value } })
const minify = terser({ ecma: 2022, compress: { passes: 3 } })

// What src/vitals.ts does not ask for: soft navigations, every change on the way, ratings, IDs.
const NO_SOFT_NAVIGATION = [/checkSoftNavsEnabled\(opts\)/g, 'false']
const NO_SOFT_ENTRIES = [/entry\.entryType === '(soft-navigation|interaction-contentful-paint)'/g, 'false']
const ONLY_FINAL = [/opts\.reportAllChanges/g, 'false']
const vitals = (name) => `web-vitals/dist/modules/${name}.js`

// Libraries that are bundled here, lighter than they come.
const CUTS = {
  [vitals('onCLS')]: [NO_SOFT_NAVIGATION, NO_SOFT_ENTRIES, ONLY_FINAL],
  [vitals('onFCP')]: [NO_SOFT_NAVIGATION, ONLY_FINAL],
  [vitals('onINP')]: [NO_SOFT_NAVIGATION, NO_SOFT_ENTRIES, ONLY_FINAL],
  [vitals('onLCP')]: [NO_SOFT_NAVIGATION, NO_SOFT_ENTRIES, ONLY_FINAL, [/navigation === 'soft-navigation'/, 'false']],
  [vitals('onTTFB')]: [NO_SOFT_NAVIGATION, ONLY_FINAL],
  [vitals('lib/initMetric')]: [
    [/rating: 'good'.*/, ''],
    [/id: generateUniqueID\(\),/, ''],
    [/navigationId: navigationId \|\| hardNavId,\n.*\n.*\n.*/, ''],
  ],
  [vitals('lib/bindReporter')]: [[/metric\.rating = .*/, '']],
  // As an ES module; with the branch for Chromium alone, since src/enrich/stack.ts hands it lines of that form, without
  // nested evals; and with plain objects in the place of the stackframe package, whose generated accessors weigh as much
  // as the parser itself.
  'error-stack-parser.js': [
    [/^ {8}parseFFOrSafari: function[^]*?(?=^ {4}\};$)/m, ''],
    [/^ {8}parse: function[^]*?(?=^ {8}\/\/ Separate)/m, ''],
    [/^ {16}if \(line\.indexOf\('\(eval '\)[^]*?^ {16}\}$/m, ''],
    [/\.replace\(\/\\\(eval code\/g, '\('\)/, ''],
    [/var fileName = .*/, ''],
    [/fileName: fileName,/, ''],
    [/source: line/, ''],
    [/\.replace\(\/\^\\s\+\/, ''\)/, ''],
    [/\.filter\(function\(line\) \{\s*return !!line\.match\(CHROME_IE_STACK_REGEXP\);\s*\}, this\)/, ''],
    [/if \(urlLike\.indexOf\(':'\) === -1\) \{[^]*?\}/, ''],
    [/ \|\| undefined/g, ''],
    [/new StackFrame\(/, '('],
    [/^\(function\(root, factory\)[^]*?return (?=\{$)/m, 'export default '],
    [/;\s*\}\)\);\s*$/, ''],
  ],
  // Without what src/buffer/indexed-db.ts does not call: cursors, iteration, indexes, the short forms on databases.
  'idb/build/index.js': [
    [/^const readMethods[^]*(?=^export )/m, ''],
    [/^function getCursorAdvanceMethods\(\) \{[^]*?^\}\n/m, ''],
    [/^ {4}if \(getCursorAdvanceMethods\(\)[^]*?^ {4}\}\n/m, ''],
    [/^ {4}set\(target, prop, value\) \{[^]*?(?=^\};)/m, ''],
    [/^ {12}IDBIndex,\n/m, ''],
    [/^ {12}IDBCursor,\n/m, ''],
    [/return receiver\.objectStoreNames\[1\]\s*\? undefined\s*: /, 'return '],
    [/^ {4}if \(blocked\) \{[^]*?^ {4}\}\n/m, ''],
    // The callers set all of these.
    [/if \(upgrade\) (\{[^]*?^ {4}\})/m, '$1'],
    [/if \(terminated\)\s/, ''],
    [/(upgrade\(wrap\(request\.result\)), [^;]*;/, '$1);'],
    [/if \(blocking\) (?=\{)/, ''],
    // Requests and transactions end once, and listeners end with them.
    [/^ {8}const unlisten = [^]*?^ {8}\};\n/m, ''],
    [/^ {8}const unlisten = [^]*?^ {8}\};\n/m, ''],
    [/^ {12}unlisten\(\);\n/m, ''],
    [/^ {12}unlisten\(\);\n/m, ''],
    [/^ {12}unlisten\(\);\n/m, ''],
    [/^ {12}unlisten\(\);\n/m, ''],
    [/ \|\| new DOMException\('AbortError', 'AbortError'\)/, ''],
  ],
}
const lighter = {
  name: 'lighter',
  // Its published file is minified already, beyond cutting.
  resolveId: (source) =>
    source === 'web-vitals' ? fileURLToPath(new URL('modules/index.js', import.meta.resolve(source))) : undefined,
  transform: (code, id) => {
    const [name, cuts] = Object.entries(CUTS).find(([file]) => id.endsWith(file)) ?? []
    if (!name) return null
    const cut = cuts.reduce((text, [pattern, replacement]) => {
      if (!pattern.test(text)) throw new Error(`${name} has changed: ${pattern} is no longer in it.`)
      return text.replace(pattern, replacement)
    }, code)
    return { code: cut, map: null }
  },
}
const dependencies = [lighter, resolve({ browser: true })]

const entries = {
  index: 'dist/index.js',
  vitals: 'dist/vitals.js',
  tracing: 'dist/tracing.js',
  worker: 'dist/worker.js',
  explain: 'dist/explain.js',
  liveness: 'dist/liveness.js',
  'stale-deploy': 'dist/stale-deploy.js',
}

const chunkFileNames = ({ facadeModuleId }) =>
  facadeModuleId?.includes('/web-vitals/') ? 'web-vitals.js' : '[name].js'

const modules = (folder, dev) => ({
  input: entries,
  external: ['web-vitals/attribution'],
  plugins: [defineDev(dev), ...dependencies],
  output: { dir: folder, format: 'es', chunkFileNames, hoistTransitiveImports: false, sourcemap: true },
})

// What the script tag's file fetches when it is asked for: global name of the part, and where it starts.
const PARTS = { vitals: 'vitals', tracing: 'tracing', liveness: 'liveness', staleDeploy: 'stale-deploy' }
const fileOf = (part) => `dist/foghorn.${part}.min.js`

// The page's scope is the one of the script tag's file, not a copy of it in a part.
const SCOPE = fileURLToPath(new URL('dist/scope.js', import.meta.url))

// Has no code of the SDK in it and is built before: it takes what it needs from the page's.
const FEEDBACK = `../feedback/${fileOf('feedback')}`

const hashOf = (file) => createHash('sha384').update(readFileSync(file)).digest('base64')

/** The parts have been written by then; their hashes go into the file that fetches them. */
const hashes = () => {
  const own = Object.keys(PARTS).map((part) => [part, hashOf(fileOf(part))])
  return JSON.stringify({ ...Object.fromEntries(own), feedback: hashOf(FEEDBACK) })
}
const defineParts = replace({ preventAssignment: true, values: { __PARTS__: hashes } })

const scriptTag = (input, file, { name = 'Foghorn', dev = 'false', external = [] } = {}) => ({
  input,
  external,
  plugins: [defineDev(dev), input.endsWith('script-tag.js') && defineParts, ...dependencies],
  output: {
    file,
    format: 'iife',
    name,
    globals: { [SCOPE]: 'Foghorn' },
    inlineDynamicImports: true,
    sourcemap: true,
    plugins: dev === 'false' ? [minify] : [],
  },
})

export default [
  modules('dist/esm', 'false'),
  modules('dist/dev', 'true'),
  ...Object.entries(PARTS).map(([part, file]) =>
    scriptTag(`dist/${file}.js`, fileOf(part), { name: `Foghorn.${part}`, external: [SCOPE] }),
  ),
  scriptTag('dist/script-tag.js', 'dist/foghorn.min.js'),
  scriptTag('dist/script-tag.js', 'dist/foghorn.debug.js', { dev: 'true' }),
  scriptTag('dist/loader.js', 'dist/loader.min.js'),
]
