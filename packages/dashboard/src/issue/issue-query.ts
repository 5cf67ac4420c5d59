import type {
  EventJson,
  EventSummaryJson,
  IssueDetailsJson,
  ReleaseJson,
  SourceLinesJson,
  SourceLinksJson,
  StatsJson,
  TagJson,
} from '@foghorn/server'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getJson, getPage, path, withQuery } from '../api/client.ts'
import type { ProjectAddress } from '../grouping/grouping-query.ts'

/** Which issue, of which organization. */
export interface IssueAddress {
  org: string
  issueId: string
}

const addressOf = ({ org, issueId }: IssueAddress): string => path`/organizations/${org}/issues/${issueId}/`

const issueKey = ({ org, issueId }: IssueAddress) => ['issue', org, issueId]

export const issueQuery = (address: IssueAddress) =>
  queryOptions({
    queryKey: issueKey(address),
    queryFn: ({ signal }) => getJson<IssueDetailsJson>(addressOf(address), signal),
  })

/** `eventId` may also be `latest` or `oldest`. What is being read is never replaced by itself. */
export const eventQuery = (address: IssueAddress, eventId: string) =>
  queryOptions({
    queryKey: [...issueKey(address), 'event', eventId],
    queryFn: ({ signal }) => getJson<EventJson>(`${addressOf(address)}events/${encodeURIComponent(eventId)}/`, signal),
    refetchOnWindowFocus: false,
    // Another event of the same issue replaces this one in place; that of another issue must not be seen meanwhile.
    placeholderData: (previous, query) =>
      query?.queryKey[2] === address.issueId ? keepPreviousData(previous) : undefined,
  })

export const tagsQuery = (address: IssueAddress) =>
  queryOptions({
    queryKey: [...issueKey(address), 'tags'],
    queryFn: ({ signal }) => getJson<TagJson[]>(`${addressOf(address)}tags/`, signal),
    staleTime: 60_000,
  })

const QUIET = { staleTime: 60_000 }

export const statsQuery = (address: IssueAddress) =>
  queryOptions({
    queryKey: [...issueKey(address), 'stats'],
    queryFn: ({ signal }) => getJson<StatsJson>(`${addressOf(address)}stats/`, signal),
    ...QUIET,
  })

/** The project's newest releases. */
export const releasesQuery = ({ org, project }: ProjectAddress) =>
  queryOptions({
    queryKey: ['releases', org, project, 'newest'],
    queryFn: ({ signal }) =>
      getJson<ReleaseJson[]>(withQuery(path`/projects/${org}/${project}/releases/`, { per_page: '100' }), signal),
    ...QUIET,
  })

export const releaseQuery = ({ org, project }: ProjectAddress, version: string) =>
  queryOptions({
    queryKey: ['releases', org, project, 'one', version],
    queryFn: ({ signal }) => getJson<ReleaseJson>(path`/projects/${org}/${project}/releases/${version}/`, signal),
    ...QUIET,
  })

export const sourceLinksQuery = ({ org, project }: ProjectAddress) =>
  queryOptions({
    queryKey: ['source-links', org, project],
    queryFn: ({ signal }) => getJson<SourceLinksJson>(path`/projects/${org}/${project}/source-links/`, signal),
    ...QUIET,
  })

/** Where a frame stands in its event. */
export interface FramePosition {
  exception: number
  frame: number
}

export const sourceLinesQuery = (
  { org, project, eventId }: ProjectAddress & { eventId: string },
  { exception, frame }: FramePosition,
) =>
  queryOptions({
    queryKey: ['source-lines', org, project, eventId, exception, frame],
    queryFn: ({ signal }) =>
      getJson<SourceLinesJson>(
        withQuery(path`/projects/${org}/${project}/events/${eventId}/source/`, {
          exception: String(exception),
          frame: String(frame),
        }),
        signal,
      ),
    ...QUIET,
  })

/** The events of an issue that a search finds, the newest first. */
export const eventListQuery = (address: IssueAddress, query: string) =>
  infiniteQueryOptions({
    queryKey: [...issueKey(address), 'events', query],
    queryFn: ({ pageParam, signal }) =>
      getPage<EventSummaryJson>(
        withQuery(`${addressOf(address)}events/`, { query, per_page: '100', cursor: pageParam }),
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    ...QUIET,
  })
