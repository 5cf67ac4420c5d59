import * as v from 'valibot'
import type { Commit } from '../ports/releases.ts'
import { ProjectNames } from './find-projects.ts'

const text = (length: number) => v.pipe(v.string(), v.maxLength(length))

/** An ISO 8601 date; milliseconds since 1970. */
const Time = v.pipe(
  v.string(),
  v.transform((date) => Date.parse(date)),
  v.number('must be an ISO 8601 date'),
)

const Version = v.pipe(
  text(200),
  v.regex(/^(?!\.{1,2}$)[^\s/\\][^\n\r\t/\\]*$/, 'must not be empty, "." or "..", nor hold slashes, tabs or line ends'),
)

const PatchSet = v.array(v.object({ path: text(1024), type: v.picklist(['A', 'M', 'D']) }))

const CommitBody = v.pipe(
  v.object({
    id: v.pipe(text(64), v.minLength(1)),
    repository: v.nullish(text(250)),
    author_name: v.nullish(text(250)),
    author_email: v.nullish(text(250)),
    message: v.nullish(text(100_000)),
    timestamp: v.nullish(Time),
    patch_set: v.nullish(PatchSet),
  }),
  v.transform((commit): Commit => ({
    id: commit.id,
    repository: commit.repository ?? null,
    authorName: commit.author_name ?? null,
    authorEmail: commit.author_email ?? null,
    message: commit.message ?? null,
    timestamp: commit.timestamp ?? null,
    patchSet: commit.patch_set ?? [],
  })),
)

/** `refs` name the last commit of each repository, without those before it. */
const Ref = v.pipe(
  v.object({ repository: text(250), commit: v.pipe(text(64), v.minLength(1)) }),
  v.transform(({ repository, commit }): Commit => ({
    id: commit,
    repository,
    authorName: null,
    authorEmail: null,
    message: null,
    timestamp: null,
    patchSet: [],
  })),
)

const MEMBERS = {
  projects: v.nullish(ProjectNames),
  status: v.optional(v.picklist(['open', 'archived'])),
  ref: v.nullish(text(250)),
  url: v.nullish(text(2048)),
  dateStarted: v.nullish(Time),
  dateReleased: v.nullish(Time),
  commits: v.optional(v.pipe(v.array(CommitBody), v.maxLength(5000))),
  refs: v.optional(v.pipe(v.array(Ref), v.maxLength(100))),
}

type Members = v.InferOutput<v.ObjectSchema<typeof MEMBERS, undefined>>

const toChange = ({ projects, status, ref, url, dateStarted, dateReleased, commits, refs }: Members) => ({
  projects,
  change: {
    ...(status === undefined ? {} : { status }),
    ...(ref === undefined ? {} : { ref }),
    ...(url === undefined ? {} : { url }),
    // null comes from clients that have nothing to say about it.
    ...(dateStarted == null ? {} : { startedAt: dateStarted }),
    ...(dateReleased == null ? {} : { releasedAt: dateReleased }),
    ...((commits ?? refs) === undefined ? {} : { commits: commits ?? refs! }),
  },
})

export const ReleaseBody = v.pipe(v.object(MEMBERS), v.transform(toChange))

export const NewReleaseBody = v.pipe(
  v.object({ version: Version, ...MEMBERS }),
  v.transform(({ version, ...members }) => ({ version, ...toChange(members) })),
)

export const DeployBody = v.pipe(
  v.object({
    environment: v.pipe(text(64), v.minLength(1)),
    name: v.nullish(text(250)),
    url: v.nullish(text(2048)),
    dateStarted: v.nullish(Time),
    dateFinished: v.nullish(Time),
    projects: v.nullish(ProjectNames),
  }),
  v.transform(({ projects, environment, name, url, dateStarted, dateFinished }) => ({
    projects,
    deploy: {
      environment,
      name: name ?? null,
      url: url ?? null,
      startedAt: dateStarted ?? null,
      finishedAt: dateFinished ?? null,
    },
  })),
)

const PAGE = 100

const HOUR_MS = 3_600_000
const PERIODS = { '24h': 24, '7d': 7 * 24, '14d': 14 * 24, '30d': 30 * 24 } as const
const PERIOD_NAMES = Object.keys(PERIODS) as (keyof typeof PERIODS)[]

const HEALTH = {
  health: v.optional(v.picklist(['0', '1'])),
  summaryStatsPeriod: v.optional(v.picklist(PERIOD_NAMES, `must be one of ${PERIOD_NAMES.join(', ')}`), '24h'),
}

interface HealthWish {
  health?: '0' | '1' | undefined
  summaryStatsPeriod: keyof typeof PERIODS
}

/** The period that health is asked for, in milliseconds; absent when it is not. */
const healthPeriod = ({ health, summaryStatsPeriod }: HealthWish): { periodMs?: number } =>
  health === '1' ? { periodMs: PERIODS[summaryStatsPeriod] * HOUR_MS } : {}

/** What is told of a release besides. */
export const ReleaseDetailQuery = v.pipe(v.object(HEALTH), v.transform(healthPeriod))

/** How a list of releases is narrowed, and what is told of them besides. */
export const ReleaseQuery = v.pipe(
  v.object({
    cursor: v.optional(text(20)),
    query: v.optional(text(200)),
    status: v.optional(v.picklist(['open', 'archived'])),
    per_page: v.optional(v.pipe(v.string(), v.regex(/^\d{1,4}$/), v.transform(Number))),
    ...HEALTH,
  }),
  v.transform(({ cursor, query, status, per_page = PAGE, ...wish }) => ({
    limit: Math.min(Math.max(per_page, 1), PAGE),
    ...(cursor ? { cursor } : {}),
    ...(query ? { search: query } : {}),
    ...(status ? { status } : {}),
    ...healthPeriod(wish),
  })),
)
