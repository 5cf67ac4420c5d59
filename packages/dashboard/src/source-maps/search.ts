import { readText } from '../figures/period.ts'

export interface SourceMapsSearch {
  /** Coverage and uploads of this release alone. */
  release?: string
  /** Part of a release, an address or a debug ID. */
  query?: string
}

export const readSourceMapsSearch = (search: Record<string, unknown>): SourceMapsSearch => {
  const [release, query] = [readText(search.release), readText(search.query)]
  return { ...(release !== undefined && { release }), ...(query !== undefined && { query }) }
}
