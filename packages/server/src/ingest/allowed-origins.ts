import { matchesGlob } from './glob.ts'
import { refuse, type Refusal } from './refusal.ts'

/** The site that a browser names with a request; undefined for programs, which name none. */
const originOf = (headers: Headers): string | undefined => {
  const named = headers.get('origin') ?? headers.get('referer')
  if (named === null) return undefined
  return URL.canParse(named) ? new URL(named).origin : 'null'
}

const isListed = (origin: string, allowed: readonly string[]): boolean => {
  const host = URL.canParse(origin) ? new URL(origin).host : origin
  return allowed.some((glob) => matchesGlob(glob, origin) || matchesGlob(glob, host))
}

/**
 * Keeps away pages of sites that copied a key. What is no browser can name any site or none, so requests that name none
 * are taken: servers and apps of the project send such.
 */
export const checkOrigin = (headers: Headers, allowed: readonly string[]): Refusal | undefined => {
  const origin = allowed.length === 0 ? undefined : originOf(headers)
  if (origin === undefined || isListed(origin, allowed)) return undefined
  return refuse(
    403,
    `This project takes no events from pages of ${origin.slice(0, 200)}. Add the site to its allowed origins.`,
  )
}
