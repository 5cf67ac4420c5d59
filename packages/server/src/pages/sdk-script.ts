import { createHash } from 'node:crypto'
import { Hono, type Context } from 'hono'
import { cors } from 'hono/cors'
import { dsnOf } from '../api/project-keys.ts'
import type { ProjectStore } from '../ports/projects.ts'
import type { Asset } from './assets.ts'

export interface SdkScriptDeps {
  projects: Pick<ProjectStore, 'findKey'>
  publicUrl: () => string
  /** The SDK's published files: `/foghorn.min.js`, `/loader.min.js`, `/foghorn.<part>.min.js`… */
  sdk: ReadonlyMap<string, Asset>
  /** The widget's, of the same names. */
  widget: ReadonlyMap<string, Asset>
}

const CACHE_SECONDS = 300

const etagOf = (body: string): string => `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`

const sendScript = (c: Context, body: string): Response => {
  const etag = etagOf(body)
  c.header('ETag', etag)
  c.header('Cache-Control', `public, max-age=${CACHE_SECONDS}`)
  if (c.req.header('if-none-match') === etag) return c.body(null, 304)
  return c.body(body, 200, { 'Content-Type': 'text/javascript; charset=utf-8' })
}

const missing = (c: Context, finding: string): Response => c.text(`// ${finding}`, 404)

/**
 * `/js/<public key>.js`: the SDK, started for the project of that key; with `?debug` the build that speaks to
 * developers. `/js/<public key>.loader.js`: the loader, which fetches it later. `/js/foghorn.<part>.min.js`: what it
 * fetches when asked for.
 */
export const sdkScriptRoutes = ({ projects, publicUrl, sdk, widget }: SdkScriptDeps) => {
  const textOf = (file: string): string | undefined => (sdk.get(`/${file}`) ?? widget.get(`/${file}`))?.body.toString()
  return new Hono()
    .use(cors({ origin: '*' }))
    .get('/:file{[0-9a-f]{32}(\\.loader)?\\.js}', async (c) => {
      const [publicKey, isLoader] = [c.req.param('file').slice(0, 32), c.req.param('file').endsWith('.loader.js')]
      const key = await projects.findKey(publicKey)
      const start = c.req.query('debug') === undefined ? 'foghorn.min.js' : 'foghorn.debug.js'
      const script = textOf(isLoader ? 'loader.min.js' : start)
      if (!key?.active || !script)
        return missing(c, 'No active project key of this name. Copy the script tag from the project settings.')
      const init = `\n;Foghorn.init(${JSON.stringify({ dsn: dsnOf(key, publicUrl()) })});\n`
      return sendScript(c, isLoader ? script : script + init)
    })
    .get('/:file{foghorn\\.\\w+\\.min\\.js}', (c) => {
      const script = textOf(c.req.param('file'))
      return script ? sendScript(c, script) : missing(c, 'No part of the SDK has this name.')
    })
}
