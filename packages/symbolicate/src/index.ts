export { bufferReader, type IndexReader } from './reader.ts'
export { buildIndex, type BuildOptions, type BuildResult, type MapReport } from './build-index.ts'
export { INDEX_VERSION } from './format/layout.ts'
export { BlobCache } from './format/blob-cache.ts'
export { DEFAULT_LIMITS, type MapLimits } from './map/read-map.ts'
export type { MapWarning, WarningCode } from './map/warnings.ts'
export type { ScopeStore, SourceSummary } from './write-sources.ts'
export {
  openIndex,
  type GeneratedPosition,
  type Lookup,
  type MapIndex,
  type OriginalLocation,
  type ResolvedLookup,
  type UnresolvedLookup,
} from './open-index.ts'
export type { FunctionScope, ScopeKind } from './scopes/function-scope.ts'
export { adviceFor, type NamedBy, type UnresolvedReason } from './resolution.ts'
export type { InAppRule } from './in-app.ts'
export { detectEngine, type Engine, type StackStyle } from './names/engine.ts'
export type { RawFrame, Resolution, ResolvedFrame, ResolvedResolution, UnresolvedResolution } from './frames/frame.ts'
export { resolveFrames, type FindIndex, type ResolveOptions } from './frames/resolve-frames.ts'
export { parseStackText, type ParsedException } from './stacks/parse-stack-text.ts'
export { parseComponentStack } from './stacks/parse-component-stack.ts'
export { bestMatches, sharedSuffix } from './frames/match-script.ts'
export { scriptLinks, type ScriptLinks } from './map/script-links.ts'
