import { Hono } from 'hono'
import { describeApi, type OpenApi } from './describe.ts'
import { docsPage } from './docs-page.ts'
import type { RouterEntry } from './read-routes.ts'

export interface OpenApiDeps {
  publicUrl: () => string
}

const VERSION = '0.1.0'

/** The description of the API for programs, and the same for people. `entries` are asked for once, when all routes are there. */
export const openApiRoutes = ({ publicUrl }: OpenApiDeps, entries: () => readonly RouterEntry[]) => {
  let made: OpenApi | undefined
  const description = (): OpenApi => (made ??= describeApi(entries(), { url: publicUrl(), version: VERSION }))
  return new Hono()
    .get('/0/openapi.json', (c) => c.json(description()))
    .get('/docs', (c) => {
      c.header(
        'Content-Security-Policy',
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      )
      return c.html(docsPage(description()))
    })
}
