import type { Commit, Deploy, Release } from '../ports/releases.ts'

// Shapes as Sentry's clients read them. Dates have a zone: sentry-cli cannot read them otherwise.

const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString())

export interface ReleaseJson {
  version: string
  shortVersion: string
  status: string
  ref: string | null
  url: string | null
  dateCreated: string
  dateStarted: string | null
  dateReleased: string | null
  commitCount: number
  lastCommit: { id: string } | null
  projects: { id: string; slug: string; name: string }[]
}

export const releaseJson = (release: Release): ReleaseJson => ({
  version: release.version,
  shortVersion: release.version,
  status: release.status,
  ref: release.ref,
  url: release.url,
  dateCreated: new Date(release.createdAt).toISOString(),
  dateStarted: iso(release.startedAt),
  dateReleased: iso(release.releasedAt),
  commitCount: release.commitCount,
  lastCommit: release.lastCommitId === null ? null : { id: release.lastCommitId },
  projects: release.projects.map(({ id, slug, name }) => ({ id: String(id), slug, name })),
})

export const commitJson = (commit: Commit) => ({
  id: commit.id,
  message: commit.message,
  dateCreated: iso(commit.timestamp),
  repository: commit.repository === null ? null : { name: commit.repository },
  author:
    commit.authorName === null && commit.authorEmail === null
      ? null
      : { name: commit.authorName, email: commit.authorEmail },
  patchSet: commit.patchSet,
})

export const deployJson = (deploy: Deploy) => ({
  id: String(deploy.id),
  environment: deploy.environment,
  name: deploy.name,
  url: deploy.url,
  dateStarted: iso(deploy.startedAt),
  dateFinished: iso(deploy.finishedAt),
})
