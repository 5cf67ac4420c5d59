import { Hono, type Context } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Asset } from './assets.ts'

const NONE = ["'none'"]
const SELF = ["'self'"]

/** Everything comes from this service; nothing inline runs; nobody frames it. */
const strict = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: NONE,
    scriptSrc: SELF,
    styleSrc: SELF,
    connectSrc: SELF,
    imgSrc: [...SELF, 'data:'],
    fontSrc: SELF,
    manifestSrc: SELF,
    baseUri: NONE,
    formAction: SELF,
    frameAncestors: NONE,
  },
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY',
})

const isHashed = (path: string): boolean => path.startsWith('/assets/')

const send = (c: Context, path: string, asset: Asset): Response => {
  c.header('ETag', asset.etag)
  c.header('Cache-Control', isHashed(path) ? 'public, max-age=31536000, immutable' : 'no-cache')
  if (c.req.header('if-none-match') === asset.etag) return c.body(null, 304)
  return c.body(new Uint8Array(asset.body), 200, { 'Content-Type': asset.type })
}

/** Serves the web app: its files, and its page for every other address, which the app itself then reads. */
export const dashboardRoutes = (assets: ReadonlyMap<string, Asset>) =>
  new Hono().use(strict).get('*', (c) => {
    const asset = assets.get(c.req.path)
    if (asset) return send(c, c.req.path, asset)
    const page = assets.get('/index.html')
    // A missing file must not be answered with the page: a browser would take it for a script.
    if (!page || isHashed(c.req.path)) return c.text('Not found', 404)
    return send(c, '/index.html', page)
  })
