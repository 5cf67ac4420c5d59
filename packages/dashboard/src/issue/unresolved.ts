import type { CandidateJson, ExceptionValueJson, FrameJson } from '@foghorn/server'

export interface UnresolvedReason {
  reason: string
  advice: string
  frames: number
  /** What was found, each sentence once. */
  findings: string[]
}

export interface ResolutionSummary {
  frames: number
  unresolved: number
  /** Why frames kept their minified place, the most frequent reason first. */
  reasons: UnresolvedReason[]
}

const FINDINGS_SHOWN = 3

const DIFFERENCES = {
  'debug-id': ({ wanted, has }) => `has the debug ID ${has}, the script has ${wanted}: it is another build`,
  build: ({ wanted, has }) => `is another build of the script: ${has}, the event has ${wanted}`,
  release: ({ wanted, has }) => `is of release ${has}, the event of ${wanted}`,
  path: ({ wanted, has }) => `lies in ${has || 'the root'}, the script in ${wanted || 'the root'}`,
  position: () => 'has nothing at this position: it is probably of another build',
} as const satisfies Record<CandidateJson['differsIn'], (candidate: CandidateJson) => string>

/** What speaks against an upload that nearly fits. */
export const misfitOf = (candidate: CandidateJson): string => {
  const isNamed = candidate.release !== null && candidate.differsIn !== 'release'
  const release = isNamed ? ` (release ${candidate.release})` : ''
  return `${candidate.script}${release} ${DIFFERENCES[candidate.differsIn](candidate)}.`
}

/** What is known of a frame beyond its reason: the uploads that come nearest, else the finding in words. */
export const findingsOf = ({ candidates = [], detail }: FrameJson['resolution']): string[] =>
  candidates.length > 0 ? candidates.map(misfitOf) : detail === undefined ? [] : [detail]

const noteFindings = (known: UnresolvedReason, resolution: FrameJson['resolution']): void => {
  for (const finding of findingsOf(resolution))
    if (known.findings.length < FINDINGS_SHOWN && !known.findings.includes(finding)) known.findings.push(finding)
}

/** Native frames have no source to be found; saying so would only be noise. */
const isExpected = ({ resolution }: FrameJson): boolean => resolution.reason === 'native'

/** Tells how much of an event's stacks could be resolved. */
export const summariseResolution = (values: readonly ExceptionValueJson[]): ResolutionSummary => {
  const frames = values.flatMap((value) => value.stacktrace?.frames ?? [])
  const unresolved = frames.filter((frame) => frame.resolution.status === 'unresolved' && !isExpected(frame))
  const reasons = new Map<string, UnresolvedReason>()
  for (const { resolution } of unresolved) {
    const { reason = 'unknown', advice = '' } = resolution
    const known = reasons.get(reason) ?? { reason, advice, frames: 0, findings: [] }
    reasons.set(reason, known)
    known.frames += 1
    noteFindings(known, resolution)
  }
  return {
    frames: frames.length,
    unresolved: unresolved.length,
    reasons: [...reasons.values()].sort((one, other) => other.frames - one.frames),
  }
}
