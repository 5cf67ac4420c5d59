import type { MiddlewareHandler } from 'hono'

/** What holds for every answer unless its route says something else: nothing in it runs, is framed, or is guessed to be something else. */
const HEADERS = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

// What pages of other sites load and ask for: the SDK's scripts, the door, the dialog after a crash.
const FOR_ALL_PAGES = /^\/(?:js|api\/(?:[1-9]\d*|tunnel|embed))\//

const headersFor = (path: string): [string, string][] =>
  Object.entries(FOR_ALL_PAGES.test(path) ? { ...HEADERS, 'cross-origin-resource-policy': 'cross-origin' } : HEADERS)

/** Set before there is an answer, because adding them to one costs the door a copy of it; added where a route made its answer alone. */
export const secureAnswers: MiddlewareHandler = async (c, next) => {
  const wanted = headersFor(c.req.path)
  for (const [name, value] of wanted) c.header(name, value)
  await next()
  if (c.res.headers.has('x-content-type-options')) return
  for (const [name, value] of wanted) if (!c.res.headers.has(name)) c.header(name, value)
}
