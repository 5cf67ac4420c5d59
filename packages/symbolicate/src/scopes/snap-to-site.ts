import { SITE_KINDS } from './call-sites.ts'
import type { StoredScopes } from './stored-scopes.ts'
import { compare, type StoredSites, type TextPosition } from './stored-sites.ts'

/** What is known about the place of a frame before its original text is looked at. */
export interface MappedPlace {
  /** What the mapping at or before the generated position says. */
  at: TextPosition
  /** What the mapping behind the generated position says, if that is the same source. */
  next: TextPosition | undefined
  /** Generated columns between the mapping and the position, and between the position and the mapping behind. */
  distance: number
  nextDistance: number
  /** The frame waits at an `await`, as V8's "async" frames do. */
  awaits: boolean
  /** Safari prints the parenthesis of every call, V8 the name before it. */
  engine: 'v8' | 'gecko' | 'jsc' | undefined
}

/**
 * The place that the engine would print for the original text. A mapping marks the beginning of some token; engines point at
 * tokens that often have no mapping of their own: `new` that a minifier removed, `await`, private names, parentheses.
 */
export const snapToSite = (table: StoredScopes, place: MappedPlace): TextPosition => {
  const { sites } = table
  if (place.awaits) return awaitSite(table, place) ?? place.at
  const own = sites.at(place.at)
  if (place.engine !== undefined && place.engine !== 'v8') return parenthesis(sites, place, own)
  // One column before the next token there is room for a parenthesis only.
  const called = callBefore(sites, place)
  if (called) return called
  if (place.distance > 0) return followingSite(sites, place) ?? place.at
  return own >= 0 ? settled(sites, own) : (constructSite(sites, place.at) ?? anchoredSite(sites, place) ?? place.at)
}

/** A site itself, or where the frame of a moved one stands. */
const settled = (sites: StoredSites, site: number): TextPosition =>
  sites.kind(site) === SITE_KINDS.moved ? sites.paren(site) : sites.position(site)

const isSame = (a: TextPosition, b: TextPosition): boolean => compare(a.line, a.column, b) === 0

/** Sites that are looked at around a position; expressions seldom hold more. */
const WINDOW = 24

/** `new` before a class name: minifiers leave it out where a plain call does the same (`Error`, `Array`). */
const constructSite = (sites: StoredSites, place: TextPosition): TextPosition | undefined => {
  const end = sites.firstFrom(place)
  for (let site = end - 1; site >= Math.max(0, end - WINDOW); site--)
    if (sites.kind(site) === SITE_KINDS.construct && isSame(sites.anchor(site), place)) return sites.position(site)
  return undefined
}

/** The call that begins with the token: Terser maps the parenthesis of `a.b()()` to the beginning of it all. */
const anchoredSite = (sites: StoredSites, { at: place, next, nextDistance }: MappedPlace): TextPosition | undefined => {
  const start = sites.firstFrom(place)
  let nearest: TextPosition | undefined
  let called: TextPosition | undefined
  for (let at = start; at < Math.min(sites.count, start + WINDOW); at++) {
    if (sites.kind(at) !== SITE_KINDS.plain || !isSame(sites.anchor(at), place)) continue
    const site = sites.position(at)
    const paren = sites.paren(at)
    if (next && nextDistance === 1 && paren.line === next.line && paren.column + 1 === next.column) return site
    nearest ??= site
    if (isSame(site, paren)) called ??= site
  }
  return called ?? nearest
}

/** The site that an `await` makes: before the token that follows in the generated text, or the nearest one. */
const awaitSite = (table: StoredScopes, { at: place, next }: MappedPlace): TextPosition | undefined => {
  const { sites } = table
  const own = sites.at(place)
  if (own >= 0 && sites.kind(own) === SITE_KINDS.await) return place
  for (const anchor of [next, place]) {
    const found = anchor && awaitBefore(sites, anchor)
    if (found) return found
  }
  return nearestAwait(table, place)
}

/** The last `await` of the same function before a position, else the first behind: minifiers move what was awaited to where it is used. */
const nearestAwait = (table: StoredScopes, place: TextPosition): TextPosition | undefined => {
  const { sites } = table
  const scope = table.innermost(place.line, place.column)
  const from = sites.firstFrom(place)
  const fits = (site: number): boolean => {
    if (sites.kind(site) !== SITE_KINDS.await) return false
    const { line, column } = sites.position(site)
    return table.innermost(line, column) === scope
  }
  for (let at = from - 1; at >= Math.max(0, from - 4 * WINDOW); at--) if (fits(at)) return sites.position(at)
  for (let at = from; at < Math.min(sites.count, from + 4 * WINDOW); at++) if (fits(at)) return sites.position(at)
  return undefined
}

const awaitBefore = (sites: StoredSites, anchor: TextPosition): TextPosition | undefined => {
  const end = sites.firstFrom(anchor)
  for (let at = end - 1; at >= Math.max(0, end - WINDOW); at--)
    if (sites.kind(at) === SITE_KINDS.await && isSame(sites.anchor(at), anchor)) return sites.position(at)
  return undefined
}

/** The site of an expression that began before the position and reaches beyond it, far enough for what the generated text holds. */
const followingSite = (sites: StoredSites, { at: place, next, distance }: MappedPlace): TextPosition | undefined => {
  const start = sites.firstFrom({ line: place.line, column: place.column + 1 })
  let last: TextPosition | undefined
  for (let at = start; at < Math.min(sites.count, start + WINDOW); at++) {
    const site = sites.position(at)
    const isBehind =
      next !== undefined && compare(next.line, next.column, place) > 0 && compare(site.line, site.column, next) > 0
    if (isBehind) break
    const kind = sites.kind(at)
    if (kind === SITE_KINDS.await || kind === SITE_KINDS.moved) continue
    const anchor = sites.anchor(at)
    if (compare(anchor.line, anchor.column, place) > 0) continue
    last = site
    // Names and blanks of the original are at least as long as those of the generated text.
    if (site.line > place.line || site.column - place.column >= distance) return site
  }
  return last
}

/** The call in front of a token, where a minifier put the function itself in the place of its name. */
export const callBeforeToken = (
  { sites }: StoredScopes,
  token: TextPosition,
  distance: number,
): TextPosition | undefined => {
  const exact = callBefore(sites, {
    at: token,
    next: token,
    distance: 0,
    nextDistance: distance,
    awaits: false,
    engine: 'v8',
  })
  if (exact) return exact
  for (let at = sites.firstFrom(token) - 1; at >= 0; at--)
    if (sites.kind(at) === SITE_KINDS.plain) return sites.position(at)
  return undefined
}

/** The call whose first argument is mapped right behind the position: its callee was replaced by its own text. */
const callBefore = (sites: StoredSites, { next, nextDistance }: MappedPlace): TextPosition | undefined => {
  if (!next || nextDistance !== 1) return undefined
  const end = sites.firstFrom(next)
  for (let at = end - 1; at >= Math.max(0, end - WINDOW); at--) {
    const paren = sites.paren(at)
    if (paren.line === next.line && paren.column + 1 === next.column && sites.kind(at) === SITE_KINDS.plain)
      return sites.position(at)
  }
  return undefined
}

/** The parenthesis of the call whose name the mapping marks. */
const parenthesis = (sites: StoredSites, { at: place, distance }: MappedPlace, own: number): TextPosition => {
  if (distance === 0) return own >= 0 ? place : (constructSite(sites, place) ?? place)
  const start = Math.max(0, sites.firstFrom(place) - WINDOW)
  const [from, to] = own >= 0 ? [own, own + 1] : [start, Math.min(sites.count, start + 2 * WINDOW)]
  for (let at = from; at < to; at++) {
    if (own < 0 && !isSame(sites.anchor(at), place)) continue
    const paren = sites.paren(at)
    if (compare(paren.line, paren.column, place) > 0) return paren
  }
  return place
}
