// The inline script for the head of a page: it takes down what goes wrong, and what the page asks of the SDK, from the
// first instant, and fetches the SDK when there is time. `<script data-src="…/js/<key>.js">this file</script>`;
// `data-when="error"` fetches it only when something has gone wrong or was asked for. The SDK takes the queue over.

interface Waiting {
  /** What waits for the SDK: calls by name, and events of the window. */
  q?: [name: string, what: unknown][]
  [method: string]: unknown
}

const METHODS =
  'addBreadcrumb captureException captureFeedback captureMessage init setContext setExtra setTag setTags setUser use withScope'

const tag = document.currentScript as HTMLScriptElement
// Served by the service it has an address, whose sibling is the SDK.
const { src = tag.src.replace('.loader.js', '.js'), when, integrity } = tag.dataset
const page = globalThis as unknown as { Foghorn?: Waiting }
const queue: [string, unknown][] = []
const waiting: Waiting = { q: queue }
let isFetching = false

const fetchSdk = (): void => {
  if (isFetching || !src) return
  isFetching = true
  const script = document.createElement('script')
  script.src = src
  script.crossOrigin = 'anonymous'
  if (integrity) script.integrity = integrity
  document.head.append(script)
}

const take = (name: string, what: unknown): void => {
  // Nothing more to take down once the SDK is here; and a page that only fails fills no memory.
  if (page.Foghorn !== waiting || queue.length > 99) return
  queue.push([name, what])
  fetchSdk()
}

for (const name of METHODS.split(' ')) waiting[name] = (...args: unknown[]) => take(name, args)
page.Foghorn = waiting
addEventListener('error', (event) => take('error', event), true)
addEventListener('unhandledrejection', (event) => take('unhandledrejection', event))
if (when !== 'error') addEventListener('load', () => setTimeout(fetchSdk))
