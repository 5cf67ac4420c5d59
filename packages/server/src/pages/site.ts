import type { Context } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Asset } from './assets.ts'

const NONE = ["'none'"]
const SELF = ["'self'"]

/** Everything comes from this service; nothing inline runs; nobody frames it. */
export const strict = secureHeaders({
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

export const REVALIDATED = 'no-cache'

/** Answers with a file, or that the browser has it. */
export const sendAsset = (c: Context, asset: Asset, caching: string): Response => {
  c.header('ETag', asset.etag)
  c.header('Cache-Control', caching)
  if (c.req.header('if-none-match') === asset.etag) return c.body(null, 304)
  return c.body(new Uint8Array(asset.body), 200, { 'Content-Type': asset.type })
}
