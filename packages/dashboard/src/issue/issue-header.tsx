import type { IssueDetailsJson, IssueJson } from '@foghorn/server'
import type { ReactNode } from 'react'
import { detailsOf, stateOf } from '../triage/states.ts'
import { Age } from '../ui/age.tsx'
import { formatCount } from '../ui/numbers.ts'
import { IssueActions } from './issue-actions.tsx'
import type { IssueAddress } from './issue-query.ts'
import './issue-header.css'

export const IssueHeader = ({ address, issue }: { address: IssueAddress; issue: IssueDetailsJson }) => (
  <header className="issue-header">
    <div className="issue-title">
      <Title issue={issue} />
      <p className="issue-badges">
        <span className={`badge badge-level level-${issue.level}`}>{issue.level}</span>
        <span className={`badge badge-severity-${issue.severity}`}>{issue.severity} severity</span>
        <span className={`badge badge-${issue.status}`}>{stateOf(issue)}</span>
        {detailsOf(issue) && <span className="muted untrusted">{detailsOf(issue)}</span>}
        {issue.culprit && <span className="issue-culprit untrusted">{issue.culprit}</span>}
      </p>
    </div>
    <IssueActions address={address} issue={issue} />
    <IssueFacts issue={issue} />
  </header>
)

const Title = ({ issue: { title, metadata } }: { issue: IssueJson }) =>
  !metadata.type ? (
    <h1 className="untrusted">{title}</h1>
  ) : (
    <h1 className="untrusted">
      {metadata.type}
      {metadata.value && <span className="issue-value">{metadata.value}</span>}
    </h1>
  )

const IssueFacts = ({ issue }: { issue: IssueJson }) => (
  <dl className="facts">
    <Fact name="Events">{formatCount(Number(issue.count))}</Fact>
    <Fact name="Users">{formatCount(issue.userCount)}</Fact>
    <Fact name="First seen" release={issue.firstRelease}>
      <Age date={issue.firstSeen} />
    </Fact>
    <Fact name="Last seen" release={issue.lastRelease}>
      <Age date={issue.lastSeen} />
    </Fact>
  </dl>
)

interface FactProps {
  name: string
  release?: string | null
  children: ReactNode
}

const Fact = ({ name, release, children }: FactProps) => (
  <div className="fact">
    <dt>{name}</dt>
    <dd>
      {children}
      {release && <span className="fact-release untrusted">in {release}</span>}
    </dd>
  </div>
)
