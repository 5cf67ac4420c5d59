import type { Post } from '../../outbound/post-guarded.ts'

export const postJson = (url: string | URL, body: unknown, headers: Record<string, string> = {}): Post => ({
  url: new URL(url),
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})
