import type { IssueJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { getPage, path, withQuery } from '../api/client.ts'
import { DocsLink } from '../ui/docs-link.tsx'
import { CheckIcon } from '../ui/icons.tsx'

const POLL_MS = 3_000

export const firstEventKey = (org: string, project: string) => ['first-event', org, project]

/** Watches for the project's first event and says when it has come. */
export const FirstEvent = ({ org, project }: { org: string; project: string }) => {
  const issues = useQuery({
    queryKey: firstEventKey(org, project),
    queryFn: ({ signal }) =>
      getPage<IssueJson>(withQuery(path`/projects/${org}/${project}/issues/`, { query: '' }), signal),
    refetchInterval: ({ state }) => (state.data?.items.length ? false : POLL_MS),
  })
  const issue = issues.data?.items[0]
  return (
    <p className={issue ? 'first-event first-event-arrived' : 'first-event'} role="status">
      {issue ? <CheckIcon /> : <span className="waiting-dot" aria-hidden="true" />}
      {issue ? (
        <span>
          Events arrive.{' '}
          <Link to="/organizations/$org/issues/$issueId" params={{ org, issueId: issue.id }}>
            Open {issue.shortId}
          </Link>
        </span>
      ) : (
        <span>
          Waiting for the first event… <DocsLink page="troubleshooting/#nothing-arrives">Nothing arrives?</DocsLink>
        </span>
      )}
    </p>
  )
}
