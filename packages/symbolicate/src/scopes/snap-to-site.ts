import {
  ANCHOR_COLUMN,
  ANCHOR_LINE,
  PAREN_COLUMN,
  PAREN_LINE,
  SITE_COLUMN,
  SITE_FIELDS,
  SITE_KIND,
  SITE_KINDS,
  SITE_LINE,
  type CallSites,
} from './call-sites.ts'
import type { StoredScopes } from './stored-scopes.ts'

/** A 0-based position in an original text. */
export interface TextPosition {
  line: number
  column: number
}

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
  const own = siteAt(sites, place.at)
  if (place.engine !== undefined && place.engine !== 'v8') return parenthesis(sites, place, own)
  // One column before the next token there is room for a parenthesis only.
  const called = callBefore(sites, place)
  if (called) return called
  if (place.distance > 0) return followingSite(sites, place) ?? place.at
  return own >= 0 ? settled(sites, own) : (constructSite(sites, place.at) ?? anchoredSite(sites, place) ?? place.at)
}

/** A site itself, or where the frame of a moved one stands. */
const settled = (sites: CallSites, at: number): TextPosition =>
  sites[at + SITE_KIND] === SITE_KINDS.moved ? parenOf(sites, at) : position(sites, at)

const parenOf = (sites: CallSites, at: number): TextPosition => ({
  line: sites[at + PAREN_LINE]!,
  column: sites[at + PAREN_COLUMN]!,
})

const position = (sites: CallSites, at: number): TextPosition => ({
  line: sites[at + SITE_LINE]!,
  column: sites[at + SITE_COLUMN]!,
})

const compare = (aLine: number, aColumn: number, b: TextPosition): number => aLine - b.line || aColumn - b.column

/** Where the first site at or after a position begins in the table. */
const firstFrom = (sites: CallSites, from: TextPosition): number => {
  let low = 0
  let high = sites.length / SITE_FIELDS
  while (low < high) {
    const middle = (low + high) >>> 1
    const at = middle * SITE_FIELDS
    if (compare(sites[at + SITE_LINE]!, sites[at + SITE_COLUMN]!, from) < 0) low = middle + 1
    else high = middle
  }
  return low * SITE_FIELDS
}

const siteAt = (sites: CallSites, place: TextPosition): number => {
  const at = firstFrom(sites, place)
  return at < sites.length && compare(sites[at + SITE_LINE]!, sites[at + SITE_COLUMN]!, place) === 0 ? at : -1
}

/** Sites that are looked at around a position; expressions seldom hold more. */
const WINDOW = 24

const anchoredAt = (sites: CallSites, at: number, place: TextPosition): boolean =>
  compare(sites[at + ANCHOR_LINE]!, sites[at + ANCHOR_COLUMN]!, place) === 0

/** `new` before a class name: minifiers leave it out where a plain call does the same (`Error`, `Array`). */
const constructSite = (sites: CallSites, place: TextPosition): TextPosition | undefined => {
  const end = firstFrom(sites, place)
  for (let at = end - SITE_FIELDS; at >= Math.max(0, end - WINDOW * SITE_FIELDS); at -= SITE_FIELDS) {
    if (sites[at + SITE_KIND] === SITE_KINDS.construct && anchoredAt(sites, at, place)) return position(sites, at)
  }
  return undefined
}

/** The call that begins with the token: Terser maps the parenthesis of `a.b()()` to the beginning of it all. */
const anchoredSite = (sites: CallSites, { at: place, next, nextDistance }: MappedPlace): TextPosition | undefined => {
  const start = firstFrom(sites, place)
  let nearest: TextPosition | undefined
  let called: TextPosition | undefined
  for (let at = start; at < Math.min(sites.length, start + WINDOW * SITE_FIELDS); at += SITE_FIELDS) {
    if (sites[at + SITE_KIND] !== SITE_KINDS.plain || !anchoredAt(sites, at, place)) continue
    const site = position(sites, at)
    const paren = parenOf(sites, at)
    if (next && nextDistance === 1 && paren.line === next.line && paren.column + 1 === next.column) return site
    nearest ??= site
    if (compare(site.line, site.column, paren) === 0) called ??= site
  }
  return called ?? nearest
}

/** The site that an `await` makes: before the token that follows in the generated text, or the nearest one. */
const awaitSite = (table: StoredScopes, { at: place, next }: MappedPlace): TextPosition | undefined => {
  const { sites } = table
  const own = siteAt(sites, place)
  if (own >= 0 && sites[own + SITE_KIND] === SITE_KINDS.await) return place
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
  const from = firstFrom(sites, place)
  const fits = (at: number): boolean =>
    sites[at + SITE_KIND] === SITE_KINDS.await &&
    table.innermost(sites[at + SITE_LINE]!, sites[at + SITE_COLUMN]!) === scope
  for (let at = from - SITE_FIELDS; at >= Math.max(0, from - 4 * WINDOW * SITE_FIELDS); at -= SITE_FIELDS)
    if (fits(at)) return position(sites, at)
  for (let at = from; at < Math.min(sites.length, from + 4 * WINDOW * SITE_FIELDS); at += SITE_FIELDS)
    if (fits(at)) return position(sites, at)
  return undefined
}

const awaitBefore = (sites: CallSites, anchor: TextPosition): TextPosition | undefined => {
  const end = firstFrom(sites, anchor)
  for (let at = end - SITE_FIELDS; at >= Math.max(0, end - WINDOW * SITE_FIELDS); at -= SITE_FIELDS) {
    if (sites[at + SITE_KIND] === SITE_KINDS.await && anchoredAt(sites, at, anchor)) return position(sites, at)
  }
  return undefined
}

/** The site of an expression that began before the position and reaches beyond it, far enough for what the generated text holds. */
const followingSite = (sites: CallSites, { at: place, next, distance }: MappedPlace): TextPosition | undefined => {
  const start = firstFrom(sites, { line: place.line, column: place.column + 1 })
  let last: TextPosition | undefined
  for (let at = start; at < Math.min(sites.length, start + WINDOW * SITE_FIELDS); at += SITE_FIELDS) {
    const site = position(sites, at)
    const isBehind =
      next !== undefined && compare(next.line, next.column, place) > 0 && compare(site.line, site.column, next) > 0
    if (isBehind) break
    const kind = sites[at + SITE_KIND]
    if (kind === SITE_KINDS.await || kind === SITE_KINDS.moved) continue
    if (compare(sites[at + ANCHOR_LINE]!, sites[at + ANCHOR_COLUMN]!, place) > 0) continue
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
  for (let at = firstFrom(sites, token) - SITE_FIELDS; at >= 0; at -= SITE_FIELDS)
    if (sites[at + SITE_KIND] === SITE_KINDS.plain) return position(sites, at)
  return undefined
}

/** The call whose first argument is mapped right behind the position: its callee was replaced by its own text. */
const callBefore = (sites: CallSites, { next, nextDistance }: MappedPlace): TextPosition | undefined => {
  if (!next || nextDistance !== 1) return undefined
  const end = firstFrom(sites, next)
  for (let at = end - SITE_FIELDS; at >= Math.max(0, end - WINDOW * SITE_FIELDS); at -= SITE_FIELDS) {
    const paren = parenOf(sites, at)
    if (paren.line === next.line && paren.column + 1 === next.column && sites[at + SITE_KIND] === SITE_KINDS.plain)
      return position(sites, at)
  }
  return undefined
}

/** The parenthesis of the call whose name the mapping marks. */
const parenthesis = (sites: CallSites, { at: place, distance }: MappedPlace, own: number): TextPosition => {
  if (distance === 0) return own >= 0 ? place : (constructSite(sites, place) ?? place)
  const start = Math.max(0, firstFrom(sites, place) - WINDOW * SITE_FIELDS)
  for (const at of own >= 0 ? [own] : range(start, Math.min(sites.length, start + 2 * WINDOW * SITE_FIELDS))) {
    if (own < 0 && !anchoredAt(sites, at, place)) continue
    const paren = parenOf(sites, at)
    if (compare(paren.line, paren.column, place) > 0) return paren
  }
  return place
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, Math.ceil((to - from) / SITE_FIELDS)) }, (_, i) => from + i * SITE_FIELDS)
