// What a build writes into file names changes with every release: `app-3f9c2a1b.js`, `app.3f9c2a1b.min.js`, `v1.2.3/`.

const HASH = /([._-])(?=[\w-]{0,31}\d)[\w-]{8,32}(?=\.\w{1,5}$|\.min\.\w{1,5}$)/g
const VERSION = /(?<=^|[/@])v?\d{1,5}\.\d{1,5}(?:\.\d{1,5}){0,2}(?:[-+][\w.]{1,40})?(?=\/|$)/g

const withoutQuery = (path: string): string => path.replace(/[?#].*$/s, '')

/** A path as it stays from release to release. */
export const stablePath = (path: string): string =>
  withoutQuery(path).replaceAll(VERSION, '<version>').replaceAll(HASH, '$1<hash>')

/** The file's name alone, as it stays from release to release. */
export const stableBaseName = (path: string): string => stablePath(withoutQuery(path).split('/').at(-1) ?? '')
