// What a build writes into file names changes with every release: `app-3f9c2a1b.js`, `app.3f9c2a1b.min.js`, `v1.2.3/`.

const HASH = /([._-])(?=[\w-]{0,31}\d)[\w-]{8,32}(?=\.\w{1,5}$|\.min\.\w{1,5}$)/g
// Hashes without a digit, as bundlers write some: both cases (base 64) or capitals alone (base 32). Words look like that in
// names of sources, so only names of built scripts are read in this way.
const LETTER_HASH =
  /([._-])(?:[A-Z2-7]{8}|(?=[\w-]{0,31}[a-z])(?=[\w-]{0,31}[A-Z])[\w-]{8,32})(?=\.\w{1,5}$|\.min\.\w{1,5}$)/g
const VERSION = /(?<=^|[/@])v?\d{1,5}\.\d{1,5}(?:\.\d{1,5}){0,2}(?:[-+][\w.]{1,40})?(?=\/|$)/g

const PATH_CHARS = 2048

const withoutQuery = (path: string): string => path.slice(0, PATH_CHARS).replace(/[?#].*$/s, '')

/** The path of a source as it stays from release to release. */
export const stablePath = (path: string): string =>
  withoutQuery(path).replaceAll(VERSION, '<version>').replaceAll(HASH, '$1<hash>')

/** The name of a built script alone, as it stays from release to release. */
export const stableScriptName = (url: string): string =>
  (withoutQuery(url).split('/').at(-1) ?? '').replaceAll(HASH, '$1<hash>').replaceAll(LETTER_HASH, '$1<hash>')
