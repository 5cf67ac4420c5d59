import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { dsnOf } from '../api/projects.ts'
import type { ProjectStore } from '../ports/projects.ts'
import type { Asset } from './assets.ts'

export interface SdkScriptDeps {
  projects: Pick<ProjectStore, 'findKey'>
  publicUrl: () => string
  /** The SDK's published files; the script tag's is `/foghorn.min.js`. */
  sdk: ReadonlyMap<string, Asset>
}

const CACHE_SECONDS = 300

/** `/js/<public key>.js`: the SDK, started for the project of that key. */
export const sdkScriptRoutes = ({ projects, publicUrl, sdk }: SdkScriptDeps) =>
  new Hono().use(cors({ origin: '*' })).get('/:file{[0-9a-f]{32}\\.js}', async (c) => {
    const key = await projects.findKey(c.req.param('file').slice(0, 32))
    const script = sdk.get('/foghorn.min.js')
    if (!key?.active || !script)
      return c.text('// No active project key of this name. Copy the script tag from the project settings.', 404)
    const body = `${script.body.toString()}\n;Foghorn.init(${JSON.stringify({ dsn: dsnOf(key, publicUrl()) })});\n`
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
    c.header('ETag', etag)
    c.header('Cache-Control', `public, max-age=${CACHE_SECONDS}`)
    c.header('X-Content-Type-Options', 'nosniff')
    c.header('Cross-Origin-Resource-Policy', 'cross-origin')
    if (c.req.header('if-none-match') === etag) return c.body(null, 304)
    return c.body(body, 200, { 'Content-Type': 'text/javascript; charset=utf-8' })
  })
