import type { Candidate } from '@foghorn/symbolicate'
import type { ReleaseCoverage } from './release-figures.ts'

/** A script whose frames stayed as they were, for one reason. */
export interface MapGap {
  /** Without query and fragment. */
  url: string
  /** 32 hex digits; empty when the script has none. */
  debugId: string
  release: string
  reason: string
  advice: string
  /** What was found in the newest such frame. */
  detail?: string
  candidates?: readonly Candidate[]
  /** Where the newest such frame is. */
  line?: number
  column?: number
  frames: number
  events: number
  newest: { issueId: number; eventId: string; at: number }
}

export interface MapCoverage extends ReleaseCoverage {
  /** The most frequent first. */
  gaps: MapGap[]
}

/** Which frames of the newest events lead to their sources, and why the others do not. */
export interface MapGaps {
  of(projectId: number, release?: string): Promise<MapCoverage>
}
