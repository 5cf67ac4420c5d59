export { bufferReader, type IndexReader } from './reader.ts'
export { buildIndex } from './build-index.ts'
export type { BuildOptions, ScopeStore } from './build-options.ts'
export type { BuildResult, MapReport, SourceSummary } from './build-result.ts'
export { INDEX_VERSION } from './format/layout.ts'
export { IndexCache } from './format/index-cache.ts'
export { DEFAULT_LIMITS, type MapLimits } from './map/read-map.ts'
export type { MapWarning, WarningCode } from './map/warnings.ts'
export { openIndex } from './open-index.ts'
export type {
  GeneratedPosition,
  Lookup,
  MapIndex,
  OriginalLocation,
  ResolvedLookup,
  UnresolvedLookup,
} from './lookup.ts'
export type { FunctionScope, ScopeKind } from './scopes/function-scope.ts'
export { adviceFor, type NamedBy, type UnresolvedReason } from './resolution.ts'
export type { InAppRule } from './in-app.ts'
export { detectEngine, type Engine, type StackStyle } from './names/engine.ts'
export type {
  Candidate,
  RawFrame,
  Resolution,
  ResolvedFrame,
  ResolvedResolution,
  UnresolvedResolution,
} from './frames/frame.ts'
export { resolveFrames, type FindIndex, type ResolveOptions } from './frames/resolve-frames.ts'
export { parseStackText, type ParsedException } from './stacks/parse-stack-text.ts'
export { parseComponentStack } from './stacks/parse-component-stack.ts'
export { bestMatches, sharedSuffix } from './frames/match-script.ts'
export { scriptLinks, type ScriptLinks } from './map/script-links.ts'
