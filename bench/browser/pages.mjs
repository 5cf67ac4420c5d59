// What the pages' own hosts, *.app.test, serve.
import { readFileSync } from 'node:fs'
import { snippetOf, vendorFile } from './snippets.mjs'

const SCRIPTS = ['acts.js', 'early.js', 'tasks.js', 'watch.js', 'work.js', 'worker.js']
const NOT_FOUND = { status: 404, type: 'text/plain', body: '' }

/** A script of the pages. */
export const pageFile = (name) => readFileSync(new URL(`pages/${name}`, import.meta.url), 'utf8')

const html = (sdk, { watch, early, snippet, 'opt-in': optIn }) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>bench</title>
${snippet ? snippetOf(sdk) : ''}
${watch ? '<script src="/watch.js"></script>' : ''}
${early ? '<script src="/early.js"></script>' : ''}
${snippet ? '' : `<script src="/sdk/${sdk}${optIn ? '-opt-in' : ''}.js"></script>`}
<script src="/acts.js"></script>
</head><body>
<form onsubmit="return false"><input id="typed" aria-label="typed"><div id="place"></div></form>
</body></html>`

const page = (sdk, search) => ({
  type: 'text/html; charset=utf-8',
  body: html(sdk, Object.fromEntries(search)),
  headers: search.has('csp') ? { 'content-security-policy': search.get('csp') } : {},
})

/** Where the run-time benchmark installs the SDK itself. */
const workshop = {
  type: 'text/html',
  body: '<!doctype html><title>bench</title><body><script src="/work.js"></script>',
}

/** A page that loads with the SDK and builds itself. */
const loaded = (sdk) => ({
  type: 'text/html; charset=utf-8',
  body: `<!doctype html><html><head><title>bench</title><script src="/tasks.js"></script><script src="/work.js"></script>
<script type="module" src="/app/${sdk}/entry.js"></script>
<script type="module">work.buildPage()</script></head><body></body></html>`,
})

const script = (body) => ({ type: 'text/javascript', body })

/** An SDK that offers nothing to opt into comes as it is. */
const sdkFile = (name, scripts) => scripts.get(name) ?? scripts.get(name.replace(/-opt-in$/, ''))

/** What a page's own host serves. */
export const serve = ({ pathname, searchParams }, scripts) => {
  const [, folder, name, file] = pathname.split('/')
  if (folder === 'page') return page(name, searchParams)
  if (folder === 'workshop') return workshop
  if (folder === 'load') return loaded(name)
  if (folder === 'app') return script(scripts.get(name)[file])
  if (folder === 'vendor') return script(vendorFile(name.replace(/\.js$/, '')))
  if (folder === 'sdk') return script(sdkFile(name.replace(/\.js$/, ''), scripts))
  if (folder === 'blank.html') return { type: 'text/html', body: '<!doctype html><title>blank</title>' }
  if (folder === 'data') return { type: 'application/json', body: '{"ok":true}' }
  if (SCRIPTS.includes(folder)) return script(pageFile(folder))
  return NOT_FOUND
}
