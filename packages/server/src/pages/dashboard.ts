import { Hono } from 'hono'
import type { Asset } from './assets.ts'
import { REVALIDATED, sendAsset, strict } from './site.ts'

const isHashed = (path: string): boolean => path.startsWith('/assets/')

const cachingOf = (path: string): string => (isHashed(path) ? 'public, max-age=31536000, immutable' : REVALIDATED)

/** Serves the web app: its files, and its page for every other address, which the app itself then reads. */
export const dashboardRoutes = (assets: ReadonlyMap<string, Asset>) =>
  new Hono().use(strict).get('*', (c) => {
    const asset = assets.get(c.req.path)
    if (asset) return sendAsset(c, asset, cachingOf(c.req.path))
    const page = assets.get('/index.html')
    // A missing file must not be answered with the page: a browser would take it for a script.
    if (!page || isHashed(c.req.path)) return c.text('Not found', 404)
    return sendAsset(c, page, REVALIDATED)
  })
