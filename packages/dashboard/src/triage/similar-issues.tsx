import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { IssueAddress } from '../issue/issue-query.ts'
import { similarQuery } from './triage-query.ts'

const percent = new Intl.NumberFormat(undefined, { style: 'percent' })

/** Issues that have frames or words in common with this one; nothing when there are none. */
export const SimilarIssues = ({ address }: { address: IssueAddress }) => {
  const { data: similar = [] } = useQuery(similarQuery(address))
  if (similar.length === 0) return null
  return (
    <section className="similar">
      <h2 className="side-title">Similar issues</h2>
      <ul>
        {similar.map(([issue, { score }]) => (
          <li key={issue.id}>
            <Link to="/organizations/$org/issues/$issueId" params={{ org: address.org, issueId: issue.id }}>
              {issue.shortId}
            </Link>{' '}
            <span className="muted">{percent.format(score)} in common</span>
            <p className="untrusted">{issue.title}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
