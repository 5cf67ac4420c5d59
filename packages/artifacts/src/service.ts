import { ArtifactsError } from './artifacts-error.ts'
import { createHttpClient, type HttpRequest, type HttpResponse } from './http.ts'

/** Where a service is, and the token that opens it. */
export interface ServiceAddress {
  /** Origin: `https://errors.example.com`. */
  url: string
  authToken: string
}

export interface Service {
  origin: URL
  getJson(path: string): Promise<unknown>
  /** The entries of a list, of all its pages. */
  getPages(path: string): Promise<unknown[]>
  postJson(path: string, body: unknown): Promise<unknown>
  putJson(path: string, body: unknown): Promise<unknown>
  delete(path: string): Promise<void>
  /** Posts bytes to an address of the same origin. */
  post(url: URL, type: string, body: Uint8Array): Promise<void>
  close(): void
}

const ATTEMPTS = 5
const FIRST_PAUSE_MS = 300
const LONGEST_PAUSE_MS = 8_000

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

// Half of the pause is random, so that jobs which failed together do not come back together.
const pauseAfter = (attempt: number): number => {
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS)
  return pause / 2 + (Math.random() * pause) / 2
}

const isTemporary = (status: number): boolean => status === 408 || status === 429 || status >= 500

const parseJson = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

interface Refusal {
  detail?: unknown
  error?: unknown
  /** What is wrong with which field. */
  errors?: Record<string, unknown>
}

/** What the service says about a refusal: `detail` or `error`, as Sentry's servers write it, and the fields that it is about. */
const refusal = (body: Buffer): string | undefined => {
  const json = parseJson(body) as Refusal | undefined
  const text = json?.detail ?? json?.error
  const fields = Object.entries(json?.errors ?? {}).map(([field, what]) => `${field} ${[what].flat().join(', ')}`)
  return typeof text === 'string' ? [text, ...fields].join(' ').slice(0, 500) : undefined
}

const HINTS: Record<number, string> = {
  401: 'Check the token: --auth-token or FOGHORN_AUTH_TOKEN.',
  403: 'The token does not allow this. Create one with the scope project:releases.',
  404: 'Check --url, --org and --project.',
  413: 'The service takes no file of that size.',
}

const describe = (request: HttpRequest, { status, body, headers }: HttpResponse): string => {
  const redirect = headers.location ? ` It points to ${headers.location}: use that address as --url.` : ''
  const said = refusal(body)
  return [
    `${request.url.origin} answered ${status} to ${request.method} ${request.url.pathname}${said ? `: ${said}` : '.'}`,
    HINTS[status],
  ]
    .filter(Boolean)
    .join(' ')
    .concat(redirect)
}

/** Sentry's paging: there is more while the next page is said to have results. */
const nextCursor = ({ headers }: HttpResponse): string | undefined =>
  /rel="next"; results="true"; cursor="([^"]+)"/.exec([headers['link'] ?? ''].flat().join())?.[1]

const readJson = (request: HttpRequest, { body }: HttpResponse): unknown => {
  const answer = parseJson(body)
  if (answer === undefined)
    throw new ArtifactsError(
      `${request.url.href} did not answer with JSON. Is --url the origin of a Foghorn or Sentry service?`,
    )
  return answer
}

const parseOrigin = (url: string): URL => {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new ArtifactsError(
      `${JSON.stringify(url)} is no address of a service. Pass --url or set FOGHORN_URL, such as https://errors.example.com.`,
    )
  return new URL(url)
}

/** Speaks to a service's management API; tries again when the network or the service stumbles. Throws ArtifactsError with what to do. */
export const connectService = ({ url, authToken }: ServiceAddress): Service => {
  const origin = parseOrigin(url)
  const client = createHttpClient()
  const authorized = { authorization: `Bearer ${authToken}`, 'user-agent': 'foghorn-artifacts' }

  const attempt = async (request: HttpRequest, tries: number): Promise<HttpResponse> => {
    const result = await client.send(request).catch((error: NodeJS.ErrnoException) => error)
    if (result instanceof ArtifactsError) throw result
    const isLast = tries + 1 >= ATTEMPTS
    if (result instanceof Error) {
      const why = result.message || result.code
      if (isLast)
        throw new ArtifactsError(
          `${request.url.origin} cannot be reached (${why}). Is the service running, and --url right?`,
        )
    } else if (isLast || !isTemporary(result.status)) return result
    await wait(pauseAfter(tries))
    return attempt(request, tries + 1)
  }
  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    const response = await attempt({ ...request, headers: { ...request.headers, ...authorized } }, 0)
    if (response.status >= 300) throw new ArtifactsError(describe(request, response))
    return response
  }
  const json = async (request: HttpRequest): Promise<unknown> => readJson(request, await send(request))
  const getPages = async (path: string): Promise<unknown[]> => {
    const entries: unknown[] = []
    let url: URL | undefined = new URL(path, origin)
    while (url) {
      const request: HttpRequest = { method: 'GET', url }
      const response = await send(request)
      entries.push(...(readJson(request, response) as unknown[]))
      const cursor = nextCursor(response)
      url = cursor === undefined ? undefined : new URL(url)
      url?.searchParams.set('cursor', cursor!)
    }
    return entries
  }
  const sendJson = (method: 'POST' | 'PUT', path: string, body: unknown): Promise<unknown> =>
    json({
      method,
      url: new URL(path, origin),
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(body)),
    })
  return {
    origin,
    getPages,
    delete: async (path) => void (await send({ method: 'DELETE', url: new URL(path, origin) })),
    getJson: (path) => json({ method: 'GET', url: new URL(path, origin) }),
    postJson: (path, body) => sendJson('POST', path, body),
    putJson: (path, body) => sendJson('PUT', path, body),
    post: async (address, type, body) => {
      await send({ method: 'POST', url: address, headers: { 'content-type': type }, body })
    },
    close: client.close,
  }
}
