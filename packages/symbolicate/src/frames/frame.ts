import type { NamedBy, UnresolvedReason } from '../resolution.ts'
import type { ScopeKind } from '../scopes/function-scope.ts'

/** A frame as the browser gave it; lines and columns 1-based. */
export interface RawFrame {
  filename?: string | undefined
  function?: string | undefined
  lineno?: number | undefined
  colno?: number | undefined
  /** What the SDK thinks; browsers cannot know. */
  inApp?: boolean | undefined
}

export interface ResolvedResolution {
  status: 'resolved'
  /** Whatever the caller wants to note about the artifact that resolved the frame. */
  by?: string
  /** Address of the script that the artifact belongs to, as uploaded. */
  artifact?: string
  namedBy: NamedBy
  /** The function without any browser's decoration, the same for all engines: for grouping and for people. */
  name?: string
  kind?: ScopeKind
  className?: string
  /** For an anonymous function: the nearest enclosing one with a name, and what this one is for. */
  within?: string
  role?: string
  /** The source as the map writes it. */
  source: string
  /** Why no lines of code come with the frame, and what to do about it. */
  missing?: UnresolvedReason
  advice?: string
  /** True when the browser gave no column and the whole line comes from one original line. */
  approximate?: true
}

/** An upload that nearly is the one of a frame's script. */
export interface Candidate {
  /** Address of its script, as uploaded. */
  script: string
  release: string | null
  dist: string | null
  /** 32 hex digits; null when the script has none. */
  debugId: string | null
  /** What speaks against it; `position`: it fits, but has nothing where the frame is. */
  differsIn: 'debug-id' | 'release' | 'path' | 'position' | 'build'
  /** What the frame's script has there, and what this one has; of a path the nearest segment that is another one. */
  wanted?: string
  has?: string
}

export interface UnresolvedResolution {
  status: 'unresolved'
  reason: UnresolvedReason
  /** One sentence: what it means and what to change. */
  advice: string
  /** What was found in this very case. */
  detail?: string
  /** Uploads that come nearest, the nearest first. */
  candidates?: readonly Candidate[]
}

export type Resolution = ResolvedResolution | UnresolvedResolution

/** A frame of the original program, or the raw one with the reason why it stayed raw. */
export interface ResolvedFrame {
  filename?: string
  absPath?: string
  function?: string
  lineno?: number
  colno?: number
  contextLine?: string
  preContext?: string[]
  postContext?: string[]
  inApp: boolean
  resolution: Resolution
}
