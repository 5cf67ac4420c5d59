import type { Commit, Deploy, Release, ReleaseProject, Repository } from '../ports/releases.ts'
import type { CommitJson, DeployJson, ReleaseJson, ReleaseProjectJson, RepositoryJson } from './release-shapes.ts'

const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString())

/** `1.2.3` of `shop@1.2.3`. */
const shortVersion = (version: string): string => version.slice(version.lastIndexOf('@') + 1) || version

const projectJson = ({ id, slug, name, platform, newIssues }: ReleaseProject): ReleaseProjectJson => ({
  id: String(id),
  slug,
  name,
  platform,
  newGroups: newIssues,
})

const known = (times: readonly (number | null)[]): number[] => times.filter((time) => time !== null)

const oneOf = (times: readonly number[], choose: (...all: number[]) => number): string | null =>
  iso(times.length === 0 ? null : choose(...times))

export const releaseJson = (release: Release): ReleaseJson => ({
  version: release.version,
  shortVersion: shortVersion(release.version),
  status: release.status,
  ref: release.ref,
  url: release.url,
  dateCreated: new Date(release.createdAt).toISOString(),
  dateStarted: iso(release.startedAt),
  dateReleased: iso(release.releasedAt),
  firstEvent: oneOf(known(release.projects.map(({ firstEventAt }) => firstEventAt)), Math.min),
  lastEvent: oneOf(known(release.projects.map(({ lastEventAt }) => lastEventAt)), Math.max),
  newGroups: release.projects.reduce((sum, { newIssues }) => sum + newIssues, 0),
  commitCount: release.commitCount,
  lastCommit: release.lastCommitId === null ? null : { id: release.lastCommitId },
  deployCount: release.deployCount,
  lastDeploy: release.lastDeploy && deployJson(release.lastDeploy),
  projects: release.projects.map(projectJson),
})

export const commitJson = (commit: Commit): CommitJson => ({
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

export const deployJson = (deploy: Deploy): DeployJson => ({
  id: String(deploy.id),
  environment: deploy.environment,
  name: deploy.name,
  url: deploy.url,
  dateStarted: iso(deploy.startedAt),
  dateFinished: iso(deploy.finishedAt),
})

// What Sentry says of repositories that no integration reads. sentry-cli then takes the commits from the checkout that it
// runs in, with the files that they touch, where it would else name the last commit alone (2.58 and 3.8, checked 2026-11).
const PROVIDER = { id: 'unknown', name: 'Unknown Provider' }

export const repositoryJson = ({ id, name, url, createdAt }: Repository): RepositoryJson => ({
  id: String(id),
  name,
  url,
  provider: PROVIDER,
  status: 'active',
  dateCreated: new Date(createdAt).toISOString(),
})
