import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

const DIST = join(import.meta.dirname, '../../dist')

export interface PageFile {
  body: string
  type?: string
  status?: number
  headers?: Record<string, string>
}

export interface Pages {
  url: string
  files: Map<string, PageFile>
  close(): Promise<void>
}

const MODULES = join(import.meta.dirname, '../../../../node_modules')

const fromDist = async (path: string): Promise<PageFile | undefined> => {
  const [, packaged] = /^\/node_modules(\/.*)$/.exec(path) ?? []
  const file = packaged ? join(MODULES, packaged) : join(DIST, path)
  const body = await readFile(file, 'utf8').catch(() => undefined)
  return body === undefined ? undefined : { body, type: 'text/javascript' }
}

/** A site for a test: its own files, and the built SDK under its file name. */
export const startPages = async (port = 0): Promise<Pages> => {
  const files = new Map<string, PageFile>()
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site')
    void (async () => {
      const file = files.get(pathname) ?? (await fromDist(pathname))
      const type = file?.type ?? (pathname.endsWith('.js') ? 'text/javascript' : 'text/html')
      response.writeHead(file ? (file.status ?? 200) : 404, {
        'content-type': `${type};charset=utf-8`,
        ...file?.headers,
      })
      response.end(file?.body ?? 'not found')
    })()
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const IMPORTS = {
  '@foghorn/browser': '/esm/index.js',
  '@foghorn/browser/': '/esm/',
  idb: '/node_modules/idb/build/index.js',
  'web-vitals': '/node_modules/web-vitals/dist/web-vitals.js',
  'web-vitals/attribution': '/node_modules/web-vitals/dist/web-vitals.attribution.js',
}

/** A page that imports the package as ES modules, without a bundler. */
export const pageImporting = (code: string, body = ''): string =>
  `<!doctype html><html><head><title>test</title><script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>` +
  `<script type="module">${code}</script></head><body>${body}</body></html>`

/** A page with the SDK as a script tag, started with these options. */
export const pageWith = (options: object, body = ''): string =>
  `<!doctype html><html><head><title>test</title><script src="/foghorn.min.js"></script>` +
  `<script>Foghorn.init(${JSON.stringify(options)})</script></head><body>${body}</body></html>`
