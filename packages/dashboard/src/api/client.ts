import type { ErrorJson } from '@foghorn/server'
import { spellOutReordering } from './reordering.ts'

/** A request that was not answered with what was asked for; the message is meant for people. */
export class ApiError extends Error {
  /** HTTP status; 0 when the service could not be reached. */
  readonly status: number
  /** What is wrong with each field of a form. */
  readonly errors: Record<string, string[]>

  constructor(status: number, body: Partial<ErrorJson> = {}) {
    super(body.detail || meaningOf(status))
    this.name = 'ApiError'
    this.status = status
    this.errors = body.errors ?? {}
  }
}

const meaningOf = (status: number): string => {
  if (status === 0) return 'The service cannot be reached. Check that it is running and that you are online.'
  if (status === 401) return 'You are logged out. Log in again.'
  if (status === 403) return 'Your account may not do this. Ask an owner of the organization.'
  if (status === 404) return 'There is nothing at this address. It may have been deleted.'
  if (status === 429) return 'Too many requests. Wait a moment, then try again.'
  if (status >= 500) return `The service failed to answer (${status}). Its log tells why.`
  return `The service refused the request (${status}).`
}

export interface Page<Item> {
  items: Item[]
  /** Where the next page starts; null on the last one. */
  next: string | null
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** Asks the service itself; everything else goes through it. */
const ask = async (address: string, init: RequestInit) => {
  const response = await fetch(address, { credentials: 'same-origin', ...init }).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause
    throw new ApiError(0)
  })
  if (!response.ok) throw new ApiError(response.status, await readError(response))
  return response
}

const call = (method: Method, path: string, { body, signal }: { body?: unknown; signal?: AbortSignal }) =>
  ask(`/api/0${path}`, {
    method,
    headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  })

// A proxy in front of the service may answer with a page of its own instead of JSON.
const readError = async (response: Response): Promise<Partial<ErrorJson>> => {
  try {
    return (await response.json()) as Partial<ErrorJson>
  } catch {
    return {}
  }
}

// In JSON such marks can only stand inside strings, so that the whole body can be treated at once.
const readBody = async <Body>(response: Response): Promise<Body> =>
  JSON.parse(spellOutReordering(await response.text())) as Body

export const getJson = async <Body>(path: string, signal?: AbortSignal): Promise<Body> =>
  readBody(await call('GET', path, { ...(signal && { signal }) }))

/** One part of something that is answered in parts, and where the next one starts. */
export const getPart = async <Body>(
  path: string,
  signal?: AbortSignal,
): Promise<{ body: Body; next: string | null }> => {
  const response = await call('GET', path, { ...(signal && { signal }) })
  return { body: await readBody<Body>(response), next: nextCursor(response.headers.get('link') ?? '') }
}

export const getPage = async <Item>(path: string, signal?: AbortSignal): Promise<Page<Item>> => {
  const { body, next } = await getPart<Item[]>(path, signal)
  return { items: body, next }
}

export const postJson = async <Body>(path: string, body: unknown): Promise<Body> =>
  readBody(await call('POST', path, { body }))

/** Sends files, or what a client of a project would send. */
export const postRaw = async (address: string, body: FormData | string): Promise<void> => {
  await ask(address, { method: 'POST', body })
}

/** A file that comes with these pages. */
export const getFile = (address: string): Promise<Response> => ask(address, {})

export const putJson = async <Body>(path: string, body: unknown): Promise<Body> =>
  readBody(await call('PUT', path, { body }))

/** For changes that are answered with nothing. */
export const putNothing = async (path: string, body: unknown): Promise<void> => {
  await call('PUT', path, { body })
}

export const remove = async (path: string): Promise<void> => {
  await call('DELETE', path, {})
}

/** The cursor of a `Link` header such as `<…>; rel="next"; results="true"; cursor="0:100:0"`. */
export const nextCursor = (header: string): string | null => {
  const link = header.split(/,\s*(?=<)/).find((part) => /;\s*rel="?next"?/.test(part))
  if (!link || /;\s*results="?false"?/.test(link)) return null
  return /;\s*cursor="([^"]*)"/.exec(link)?.[1] ?? null
}

/** A path with its parameters escaped; absent ones are left out. */
export const withQuery = (path: string, query: Record<string, string | null | undefined>): string => {
  const given = Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

/** Joins escaped path segments: ``path`/issues/${id}/` ``. */
export const path = (strings: TemplateStringsArray, ...segments: string[]): string =>
  String.raw({ raw: strings }, ...segments.map((segment) => encodeURIComponent(segment)))
