import { Hono } from 'hono'
import type { Asset } from './assets.ts'
import { REVALIDATED, sendAsset, strict } from './site.ts'

const BASE = '/docs'

/** Serves the documentation: a folder for each page, as static sites are laid out. */
export const docsRoutes = (assets: ReadonlyMap<string, Asset>) =>
  new Hono().use(strict).get('*', (c) => {
    const path = c.req.path.slice(BASE.length)
    const asset = assets.get(path.endsWith('/') ? `${path}index.html` : path)
    if (asset) return sendAsset(c, asset, REVALIDATED)
    if (assets.has(`${path}/index.html`)) return c.redirect(`${BASE}${path}/`, 301)
    const missing = assets.get('/404.html')
    return missing ? c.body(new Uint8Array(missing.body), 404, { 'Content-Type': missing.type }) : c.notFound()
  })
