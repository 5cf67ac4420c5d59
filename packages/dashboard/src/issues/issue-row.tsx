import type { ListedIssueJson } from '@foghorn/server'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Initials } from '../triage/initials.tsx'
import { stateOf } from '../triage/states.ts'
import { Age } from '../ui/age.tsx'
import { formatCompact, formatCount } from '../ui/numbers.ts'
import { Sparkline } from './sparkline.tsx'
import './issue-row.css'

interface IssueRowProps {
  org: string
  issue: ListedIssueJson
  isSelected: boolean
  onToggle: () => void
  onAssign: () => void
}

export const IssueRow = ({ org, issue, isSelected, onToggle, onAssign }: IssueRowProps) => {
  const { shortId, assignedTo } = issue
  return (
    <li className={`issue-row issue-row-${issue.status}`}>
      <input
        type="checkbox"
        className="issue-row-check"
        aria-label={`Select ${shortId}`}
        checked={isSelected}
        onChange={onToggle}
      />
      <What org={org} issue={issue} />
      <Figures issue={issue} />
      <button
        type="button"
        className="issue-row-assignee"
        aria-label={`Assign ${shortId}, now ${assignedTo ? assignedTo.name : 'nobody’s'}`}
        onClick={onAssign}
      >
        <Initials assignee={assignedTo} />
      </button>
    </li>
  )
}

const What = ({ org, issue }: { org: string; issue: ListedIssueJson }) => (
  <div className="issue-row-what">
    <Link
      to="/organizations/$org/issues/$issueId"
      params={{ org, issueId: issue.id }}
      className="issue-row-link"
      data-issue-row={issue.id}
    >
      <span className={`level level-${issue.level}`}>
        <span className="visually-hidden">{issue.level}: </span>
      </span>
      <IssueTitle issue={issue} />
    </Link>
    <p className="issue-row-notes">
      {issue.culprit && <span className="issue-row-where untrusted">{issue.culprit}</span>}
      <span>{issue.shortId}</span>
      <span>{issue.project.slug}</span>
      {issue.lastRelease && <span className="untrusted">{issue.lastRelease}</span>}
      {stateOf(issue) !== 'Unresolved' && <span className={`badge badge-${issue.status}`}>{stateOf(issue)}</span>}
      {issue.priority === 'high' && <span className="badge badge-high">High priority</span>}
    </p>
  </div>
)

const IssueTitle = ({ issue: { metadata, title } }: { issue: ListedIssueJson }) =>
  !metadata.type ? (
    <strong className="issue-row-title untrusted">{title}</strong>
  ) : (
    <span className="issue-row-title untrusted">
      <strong>{metadata.type}</strong> {metadata.value}
    </span>
  )

const Figures = ({ issue }: { issue: ListedIssueJson }) => {
  const [span, steps] = Object.entries(issue.stats)[0] ?? ['14d', []]
  return (
    <div className="issue-row-figures">
      <div className="issue-row-trend">
        <Sparkline span={span} steps={steps} />
      </div>
      <TimeFigure name="last seen">
        <Age date={issue.lastSeen} />
      </TimeFigure>
      <TimeFigure name="first seen">
        <Age date={issue.firstSeen} />
      </TimeFigure>
      <CountFigure noun="event" count={Number(issue.count)} />
      <CountFigure noun="user" count={issue.userCount} />
    </div>
  )
}

const TimeFigure = ({ name, children }: { name: string; children: ReactNode }) => (
  <p className={`issue-figure issue-figure-${name.replace(' ', '-')}`}>
    <span className="issue-figure-name">{name} </span>
    {children}
  </p>
)

const CountFigure = ({ noun, count }: { noun: string; count: number }) => (
  <p className="issue-figure issue-figure-count">
    <span className="issue-figure-name">{count === 1 ? noun : `${noun}s`} </span>
    <span title={formatCount(count)}>{formatCompact(count)}</span>
  </p>
)
