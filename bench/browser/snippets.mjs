// The inline snippets that packages ship for the head of a page: they note errors until the SDK's file is there.
// Sentry's comes from its own servers only, so it is not here.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

// Rollbar's and Raygun's packages do not export these files by name.
const inPackage = (entry, path) => {
  const found = require.resolve(entry)
  const root = found.slice(0, found.lastIndexOf(join('node_modules', entry)) + join('node_modules', entry).length)
  return readFileSync(join(root, path), 'utf8')
}
const ofOurs = (path) =>
  readFileSync(join(dirname(require.resolve('@foghorn/browser/package.json')), 'dist', path), 'utf8')

const KEY = '0123456789abcdef0123456789abcdef'

/** By SDK: what stands in the head, and the file that it fetches from /vendor/. */
const SNIPPETS = {
  foghorn: {
    head: () => `<script data-src="/vendor/foghorn.js">${ofOurs('loader.min.js')}</script>`,
    file: () => `${ofOurs('foghorn.min.js')};Foghorn.init({dsn:"https://${KEY}@ingest.foghorn.test/1"})`,
  },
  rollbar: {
    head: () => `<script>var _rollbarConfig = { accessToken: '${KEY}', captureUncaught: true,
      captureUnhandledRejections: true, rollbarJsUrl: '/vendor/rollbar.js' };
      ${inPackage('rollbar', 'dist/rollbar.snippet.js')}</script>`,
    file: () => inPackage('rollbar', 'dist/rollbar.min.js'),
  },
  raygun: {
    head: () =>
      `<script>${inPackage('raygun4js', 'dist/snippet/minified.js').replace(
        '//cdn.raygun.io/raygun4js/raygun.min.js',
        '/vendor/raygun.js',
      )};rg4js('apiKey', '${KEY}'); rg4js('enableCrashReporting', true)</script>`,
    file: () => inPackage('raygun4js', 'dist/raygun.min.js'),
  },
}

/** The snippet for the head, or undefined when the package ships none. */
export const snippetOf = (sdk) => SNIPPETS[sdk]?.head()
export const vendorFile = (sdk) => SNIPPETS[sdk].file()
