// The bodies about source maps.
import type { CandidateJson } from './event-shapes.ts'

export interface ScriptCheckJson {
  url: string
  found: boolean
  /** By which key the map was found. */
  by?: string
  /** Why it was not, and what to do. */
  reason?: string
  detail?: string
  advice?: string
  /** Uploads that come nearest, and what speaks against each. */
  candidates?: readonly CandidateJson[]
  /** How many of the positions lead to a source. */
  resolved: number
}

/** A script whose frames stayed minified, for one reason. Lines and columns count from 1. */
export interface MapGapJson {
  url: string
  debugId: string
  release: string
  reason: string
  advice: string
  detail?: string
  candidates?: readonly CandidateJson[]
  line?: number
  column?: number
  frames: number
  events: number
  latestEvent: { issueId: string; eventID: string; date: string }
}

/** How many frames of the app's own code lead to their sources, in the newest events; `share` is null without frames. */
export interface MapCoverageJson {
  events: number
  frames: number
  resolved: number
  share: number | null
  gaps: MapGapJson[]
}
