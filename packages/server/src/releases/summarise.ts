import type { FigureStore, ReleaseHealth } from '../ports/figures.ts'
import type { ReleaseCoverage, ReleaseFigures, ReleaseIssueChange, ReleasePart } from '../ports/release-figures.ts'
import { healthOf, type Adoption } from './health.ts'
import { previousRelease, type DatedRelease } from './order.ts'

export interface ReleaseSummary {
  version: string
  health: ReleaseHealth
  adoption: Adoption
  issues: Record<ReleaseIssueChange, number>
  artifacts: { bundles: number; files: number }
  coverage: ReleaseCoverage
}

export interface SummaryDeps {
  releaseFigures: ReleaseFigures
  figures: Pick<FigureStore, 'releaseHealth'>
}

/** A release in a project. */
export interface ProjectRelease {
  projectId: number
  release: DatedRelease
}

const before = async (
  { projectId, release }: ProjectRelease,
  { earlier }: Pick<ReleaseFigures, 'earlier'>,
): Promise<DatedRelease | undefined> => previousRelease(release, await earlier(projectId, release.version))

/** A release with the one that came before it. */
export const partOf = async (
  which: ProjectRelease,
  releaseFigures: Pick<ReleaseFigures, 'earlier'>,
): Promise<ReleasePart> => ({
  projectId: which.projectId,
  version: which.release.version,
  after: (await before(which, releaseFigures))?.version ?? null,
})

/**
 * How a release does in a project, and how the one before it did, if there was one. Sessions count that began at `since` or
 * later, in milliseconds since 1970.
 */
export const summarise = async (
  which: ProjectRelease,
  { releaseFigures, figures }: SummaryDeps,
  since: number,
): Promise<{ current: ReleaseSummary; previous: ReleaseSummary | undefined }> => {
  const { projectId } = which
  const healths = await figures.releaseHealth(projectId, since)
  const summaryOf = async (release: DatedRelease): Promise<ReleaseSummary> => {
    const part = await partOf({ projectId, release }, releaseFigures)
    return {
      version: release.version,
      ...healthOf(healths, release.version),
      issues: {
        new: await releaseFigures.countIssues(part, 'new'),
        regressed: await releaseFigures.countIssues(part, 'regressed'),
        resolved: await releaseFigures.countIssues(part, 'resolved'),
      },
      artifacts: await releaseFigures.artifacts(part),
      coverage: await releaseFigures.coverage(part),
    }
  }
  const former = await before(which, releaseFigures)
  return { current: await summaryOf(which.release), previous: former && (await summaryOf(former)) }
}
