import type { DebugImage } from '@foghorn/protocol'
import type { Candidate, MapIndex, RawFrame, UnresolvedReason } from '@foghorn/symbolicate'

export type MapAnswer = FoundMap | MissingMap

export interface FoundMap {
  index: MapIndex
  by: string
  /** Tells which upload was good for something. */
  mapId: number
  upload: Omit<Candidate, 'differsIn'>
}

export interface MissingMap {
  reason: UnresolvedReason
  detail?: string
  /** Uploads that come nearest. */
  candidates?: readonly Candidate[]
}

/** What of an event helps to find the map of a script. */
export interface MapQuery {
  projectId: number
  release?: string
  dist?: string
  images: readonly DebugImage[]
}

export type FindMap = (query: MapQuery, frame: RawFrame) => Promise<MapAnswer>
