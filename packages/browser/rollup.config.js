import resolve from '@rollup/plugin-node-resolve'
import replace from '@rollup/plugin-replace'
import terser from '@rollup/plugin-terser'

// tsc has written dist/*.js and the types beside them. This makes from them what is published:
// ES modules with and without the texts for developers, and the files for script tags.

const defineDev = (value) => replace({ preventAssignment: true, values: { __DEV__: value } })
const minify = terser({ ecma: 2022, compress: { passes: 3 } })

// error-stack-parser is bundled here, in four respects lighter than it comes: as an ES module; without the branch for
// Opera before 15, which no browser of the baseline needs; without the branch for Gecko, since src/enrich/stack.ts
// hands it lines in Chromium's form; and with plain objects in the place of the stackframe package, whose generated
// accessors weigh as much as the parser itself.
const CUTS = [
  [/^\(function\(root, factory\)[^]*?\}\(this, (?=function ErrorStackParser\()/, 'export default ('],
  [/\}\)\);\s*$/, '})(function (fields) { Object.assign(this, fields) })'],
  [/^ {8}parseFFOrSafari: function[^]*?(?=^ {4}\};$)/m, ''],
  [/if \(typeof error\.stacktrace[^]*?\} else (?=if)/, ''],
  [/else if \(error\.stack\) \{[^]*?\} /, ''],
]
const errorStackParser = {
  name: 'error-stack-parser',
  transform: (code, id) => {
    if (!id.endsWith('error-stack-parser.js')) return null
    const cut = CUTS.reduce((text, [pattern, replacement]) => {
      if (!pattern.test(text)) throw new Error(`error-stack-parser has changed: ${pattern} is no longer in it.`)
      return text.replace(pattern, replacement)
    }, code)
    return { code: cut, map: null }
  },
}
const dependencies = [errorStackParser, resolve({ browser: true })]

const entries = {
  index: 'dist/index.js',
  vitals: 'dist/vitals.js',
  tracing: 'dist/tracing.js',
  worker: 'dist/worker.js',
  explain: 'dist/explain.js',
}

const modules = (folder, dev) => ({
  input: entries,
  external: ['idb', /^web-vitals/],
  plugins: [defineDev(dev), ...dependencies],
  output: { dir: folder, format: 'es', chunkFileNames: '[name].js', hoistTransitiveImports: false, sourcemap: true },
})

const scriptTag = (input, file) => ({
  input,
  plugins: [defineDev('false'), ...dependencies],
  output: { file, format: 'iife', name: 'Foghorn', inlineDynamicImports: true, sourcemap: true, plugins: [minify] },
})

export default [
  modules('dist/esm', 'false'),
  modules('dist/dev', 'true'),
  scriptTag('dist/script-tag.js', 'dist/foghorn.min.js'),
  { ...scriptTag('dist/loader.js', 'dist/loader.min.js') },
]
