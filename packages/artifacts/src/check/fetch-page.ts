import { ArtifactsError } from '../artifacts-error.ts'
import type { HttpClient, HttpResponse } from '../http.ts'

export interface Page {
  /** Where it was found, after redirects. */
  url: URL
  status: number
  type: string
  headers: HttpResponse['headers']
  text: string
}

const REDIRECTS = 5

/** Gets an address of the deployed site, following redirects as a browser does. Throws ArtifactsError when nobody answers. */
export const fetchPage = async (send: HttpClient, url: URL, redirects = REDIRECTS): Promise<Page> => {
  const response = await send({ method: 'GET', url, timeoutMs: 20_000 }).catch((error: Error) => {
    throw new ArtifactsError(`${url.href} cannot be read: ${error.message}.`)
  })
  const { location } = response.headers
  if (response.status >= 300 && response.status < 400 && location !== undefined) {
    if (redirects === 0) throw new ArtifactsError(`${url.href} redirects without end.`)
    const target = new URL(location, url)
    if (!/^https?:$/.test(target.protocol))
      throw new ArtifactsError(`${url.href} redirects to ${target.protocol}, which is no page.`)
    return fetchPage(send, target, redirects - 1)
  }
  const type = (response.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  return { url, status: response.status, type, headers: response.headers, text: response.body.toString('utf8') }
}
