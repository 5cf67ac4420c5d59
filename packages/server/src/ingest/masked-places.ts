import { FILTERED } from './secrets/secret-values.ts'

/** A text of an event, and what masking makes of it. */
export interface MaskedPlace {
  /** Names on the way to it: `request.headers.Authorization`. */
  path: string
  before: string
  after: string
}

const MOST = 100
const CHARS = 300

const show = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, CHARS)

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Where two versions of an event differ, leaf by leaf. A name that was masked itself is no longer found: its value went with it. */
export const maskedPlaces = (before: unknown, after: unknown): MaskedPlace[] => {
  const places: MaskedPlace[] = []
  const walk = (was: unknown, is: unknown, path: string): void => {
    if (was === is || places.length >= MOST) return
    if (!isObject(was) || !isObject(is)) {
      places.push({ path, before: show(was), after: is === undefined ? '' : show(is) })
      return
    }
    for (const name of Object.keys(was)) walk(was[name], is[name], path === '' ? name : `${path}.${name}`)
  }
  walk(before, after, '')
  return places
}

/** Where an event was masked when it came. */
export const maskedBefore = (event: unknown): string[] => {
  const paths: string[] = []
  const walk = (value: unknown, path: string): void => {
    if (paths.length >= MOST) return
    if (typeof value === 'string' && value.includes(FILTERED)) paths.push(path)
    if (!isObject(value)) return
    for (const [name, inner] of Object.entries(value)) walk(inner, path === '' ? name : `${path}.${name}`)
  }
  walk(event, '')
  return paths
}
