import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'

// tsc has written dist/*.js. From them come the files that the service hands out: the dialog after a crash, and the
// button and the form for pages that have the SDK by script tag.

const minify = terser({ ecma: 2022, compress: { passes: 2 } })

const FORM = 'dist/foghorn.feedbackForm.min.js'

/** The form stays a file of its own; its hash, once it has been written, goes into the file that fetches it. */
const fetchedForm = {
  name: 'fetched-form',
  resolveId: (source) =>
    source === './open-form.js' ? fileURLToPath(new URL('dist/fetch-form.js', import.meta.url)) : undefined,
  renderChunk: (code) => ({
    code: code.replace('${__FORM__}', createHash('sha384').update(readFileSync(FORM)).digest('base64')),
    map: null,
  }),
}

const script = (input, file, { name, plugins = [] }) => ({
  input,
  external: ['@foghorn/browser'],
  plugins: [...plugins, resolve({ browser: true })],
  output: {
    file,
    format: 'iife',
    name,
    // The one that runs in the page, whose file has made this global.
    globals: { '@foghorn/browser': 'Foghorn' },
    inlineDynamicImports: true,
    plugins: [minify],
  },
})

export default [
  script('dist/open-form.js', FORM, { name: 'Foghorn.feedbackForm' }),
  script('dist/script-tag.js', 'dist/foghorn.feedback.min.js', { name: 'Foghorn.feedback', plugins: [fetchedForm] }),
  script('dist/report-dialog.js', 'dist/report-dialog.min.js', { name: 'FoghornReportDialog' }),
]
