import type { ReleaseJson } from '@foghorn/server'

/** Seconds since 1970 and events, in equal steps. */
export type Steps = readonly (readonly [number, number])[]

export interface Mark {
  kind: 'release' | 'deploy'
  /** Milliseconds since 1970. */
  at: number
  /** Share of the chart's width, from 0 to 1. */
  position: number
  version: string
  /** Of a deploy. */
  environment?: string
}

export const peakOf = (steps: Steps): number => Math.max(1, ...steps.map(([, count]) => count))

const stepSeconds = ([first, second]: Steps): number => (first && second ? second[0] - first[0] : 3600)

/** When the chart begins and ends, in milliseconds. */
export const spanOf = (steps: Steps): { from: number; to: number } => ({
  from: (steps[0]?.[0] ?? 0) * 1000,
  to: ((steps.at(-1)?.[0] ?? 0) + stepSeconds(steps)) * 1000,
})

const timesOf = (release: ReleaseJson): Pick<Mark, 'kind' | 'at' | 'environment'>[] => {
  const released = release.dateReleased ?? release.firstEvent ?? release.dateCreated
  const { lastDeploy } = release
  return [
    { kind: 'release', at: Date.parse(released) },
    ...(lastDeploy?.dateFinished
      ? [{ kind: 'deploy' as const, at: Date.parse(lastDeploy.dateFinished), environment: lastDeploy.environment }]
      : []),
  ]
}

/** What was released and deployed while the chart goes, the newest first. */
export const marksOf = (steps: Steps, releases: readonly ReleaseJson[]): Mark[] => {
  const { from, to } = spanOf(steps)
  return releases
    .flatMap((release) => timesOf(release).map((time) => ({ ...time, version: release.version })))
    .filter(({ at }) => at >= from && at < to)
    .map((mark) => ({ ...mark, position: (mark.at - from) / (to - from) }))
    .sort((one, other) => other.at - one.at)
}
