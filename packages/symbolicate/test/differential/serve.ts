import { readFileSync, existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'

/** Serves folders, each under the first segment of the path; `pages` answers before any file. */
export const serve = async (
  folders: ReadonlyMap<string, string>,
  pages: ReadonlyMap<string, string>,
): Promise<{ url: string; server: Server }> => {
  const server = createServer((request, response) => {
    const path = new URL(request.url!, 'http://localhost').pathname
    const page = pages.get(path)
    const [, first, ...rest] = path.split('/')
    const file = join(folders.get(first ?? '') ?? '', ...rest)
    if (page !== undefined)
      response
        .setHeader('content-type', /\.(js|ts|jsx)$/.test(path) ? 'text/javascript' : 'text/html; charset=utf-8')
        .end(page)
    else if (folders.has(first ?? '') && existsSync(file))
      response.setHeader('content-type', 'text/javascript; charset=utf-8').end(readFileSync(file))
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}`, server }
}
