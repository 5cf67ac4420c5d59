import type { MapWarning } from './map/warnings.ts'

/** One source of a map, as its report lists it. */
export interface SourceSummary {
  source: string | null
  path: string | null
  /** On the map's ignore list. */
  ignored: boolean
  /** SHA-256 of its text, hex; undefined when the map does not hold the text. */
  hash: string | undefined
}

/** What a map holds and what is wrong with it. */
export interface MapReport {
  debugId: string | undefined
  file: string | undefined
  sources: SourceSummary[]
  counts: { mappings: number; kept: number; lines: number; names: number; sources: number; functions: number }
  warnings: MapWarning[]
  /** SHA-256 of the bytes that were given, hex. */
  hash: string
}

export type BuildResult =
  | { ok: true; index: Uint8Array; report: MapReport }
  | {
      ok: false
      /** One sentence: what is wrong and where. */
      reason: string
      /** Something outside ended the build: that says nothing about the map, and another try may succeed. */
      interrupted?: true
    }
