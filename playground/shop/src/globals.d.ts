/** The version in package.json, written in by the build. */
declare const __VERSION__: string

interface Window {
  /** Where errors go, from /foghorn-config.js; absent when nobody watches. */
  __FOGHORN__?: { dsn: string; release?: string }
}
