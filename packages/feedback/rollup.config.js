import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'

// tsc has written dist/*.js. The dialog after a crash is one file, which the service hands out.
export default {
  input: 'dist/report-dialog.js',
  plugins: [resolve({ browser: true })],
  output: {
    file: 'dist/report-dialog.min.js',
    format: 'iife',
    name: 'FoghornReportDialog',
    inlineDynamicImports: true,
    plugins: [terser({ ecma: 2022, compress: { passes: 2 } })],
  },
}
