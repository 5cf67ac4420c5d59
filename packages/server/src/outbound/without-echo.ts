import type { Ask } from './ask-guarded.ts'

const HIDDEN = '[Filtered]'
// Shorter words of an address, such as "hooks", open nothing.
const SHORTEST = 12

/** The whole of what stands behind the host, and each part of it: any of them may be what opens it. */
const secretsOfAddress = ({ pathname, search, searchParams }: URL): string[] =>
  [pathname + search, ...pathname.split('/'), ...searchParams.values()].filter((part) => part.length >= SHORTEST)

const CREDENTIALS = /^(?:authorization|private-token)$/i

const secretsOfHeaders = (headers: Readonly<Record<string, string>>): string[] =>
  Object.entries(headers)
    .filter(([name]) => CREDENTIALS.test(name))
    .map(([, value]) => value.split(' ').at(-1)!)

/** What the other side said, without the credentials that it was asked with: some repeat all that they got. */
export const withoutEcho = (answer: string, { url, headers, secrets = [] }: Omit<Ask, 'method'>): string =>
  [...secretsOfAddress(url), ...secretsOfHeaders(headers), ...secrets].reduce(
    (text, secret) => (secret === '' ? text : text.replaceAll(secret, HIDDEN)),
    answer,
  )
