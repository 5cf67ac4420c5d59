import type { Position } from './sample-positions.ts'

/** A script as it is deployed, or is about to be. */
export interface CheckedScript {
  /** Address, or the file's name. */
  url: string
  debugId?: string
  positions: Position[]
}

/** What would become of frames in a script. */
export interface Answer {
  found: boolean
  /** By which key the map was found. */
  by?: string
  /** Sentences: why it was not, what to do. */
  detail?: string
  advice?: string
  /** How many of the positions lead to a source. */
  resolved: number
}

export type ResolveScripts = (scripts: CheckedScript[]) => Promise<Answer[]>

export interface ScriptVerdict {
  script: string
  debugId?: string
  mapFound: boolean
  by?: string
  /** Share of sampled places that lead to a source, 0 to 1; absent where there was nothing to sample. */
  resolvedShare?: number
  /** Sentences. Problems leave stacks unreadable, warnings do not. */
  problems: string[]
  warnings: string[]
}

export interface CheckReport {
  scripts: ScriptVerdict[]
  problems: string[]
  warnings: string[]
}

// Code that bundlers add has no source, and may be most of a small script.
const ENOUGH = 0.5

const NO_ID =
  'It has no debug ID, so its map is found only while release and address agree. Run "foghorn sourcemaps inject" before deploying.'

const findProblems = (answer: Answer, share: number | undefined): string[] => {
  if (!answer.found) return [[answer.detail, answer.advice].filter(Boolean).join(' ') || 'No source map was found.']
  if (share === 0)
    return [
      'Nothing in it leads to a source: its map is of another build. Upload the map of the build that is deployed.',
    ]
  return []
}

const findWarnings = (script: CheckedScript, answer: Answer, share: number | undefined): string[] => {
  if (!answer.found) return []
  const warnings = script.debugId === undefined ? [NO_ID] : []
  if (share !== undefined && share > 0 && share < ENOUGH)
    warnings.push(
      `Only ${Math.round(share * 100)} % of the sampled places lead to a source: the rest is code that the bundler added, or the map is of another build.`,
    )
  return warnings
}

/** Says whether stacks of a script will be readable. */
export const judge = (script: CheckedScript, answer: Answer): ScriptVerdict => {
  const share = script.positions.length === 0 ? undefined : answer.resolved / script.positions.length
  return {
    script: script.url,
    ...(script.debugId === undefined ? {} : { debugId: script.debugId }),
    mapFound: answer.found,
    ...(answer.by === undefined ? {} : { by: answer.by }),
    ...(share === undefined || !answer.found ? {} : { resolvedShare: share }),
    problems: findProblems(answer, share),
    warnings: findWarnings(script, answer, share),
  }
}
