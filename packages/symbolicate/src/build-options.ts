import type { MapLimits } from './map/read-map.ts'

/** Keeps tables of functions by key; a key names the text, its language and the version of the algorithm. */
export interface ScopeStore {
  get(key: string): Uint8Array | undefined | Promise<Uint8Array | undefined>
  put(key: string, table: Uint8Array): void | Promise<void>
}

export interface BuildOptions {
  /** Keeps tables of functions by content hash, so that the next release reuses those of files that did not change. */
  scopes?: ScopeStore | undefined
  /** The generated script. Names functions of sources whose text is missing, and subclasses before inherited methods; not needed otherwise. */
  script?: Uint8Array | string | undefined
  /** Limits that differ from the defaults. */
  limits?: Partial<MapLimits> | undefined
  /** True asks a strict reader as well and reports what it says; takes several times the memory. Default false. */
  strict?: boolean | undefined
  /** False leaves function names out and makes the build several times faster. Default true. */
  functionNames?: boolean | undefined
}
