import { encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec'

/** A source map from decoded segments, 0-based. */
export const encodeMap = (lines: SourceMapSegment[][], rest: Record<string, unknown> = {}): string =>
  JSON.stringify({ version: 3, sources: ['src/a.js'], names: [], mappings: encode(lines), ...rest })

/** Numbers that look random and are the same in every run (mulberry32). */
export const randomNumbers = (seed: number): ((below: number) => number) => {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}
