import type { IssueJson } from '@foghorn/server'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Age } from '../ui/age.tsx'
import { formatCompact, formatCount } from '../ui/numbers.ts'
import { STATUS_NAMES } from './search.ts'

export const IssueRow = ({ org, issue }: { org: string; issue: IssueJson }) => (
  <li className={`issue-row issue-row-${issue.status}`}>
    <div className="issue-row-what">
      <Link
        to="/organizations/$org/issues/$issueId"
        params={{ org, issueId: issue.id }}
        className="issue-row-link"
        data-issue-row
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
        {issue.status !== 'unresolved' && (
          <span className={`badge badge-${issue.status}`}>{STATUS_NAMES[issue.status]}</span>
        )}
      </p>
    </div>
    <TimeFigure name="last seen">
      <Age date={issue.lastSeen} />
    </TimeFigure>
    <TimeFigure name="first seen">
      <Age date={issue.firstSeen} />
    </TimeFigure>
    <CountFigure noun="event" count={Number(issue.count)} />
    <CountFigure noun="user" count={issue.userCount} />
  </li>
)

const IssueTitle = ({ issue: { metadata, title } }: { issue: IssueJson }) =>
  !metadata.type ? (
    <strong className="issue-row-title untrusted">{title}</strong>
  ) : (
    <span className="issue-row-title untrusted">
      <strong>{metadata.type}</strong> {metadata.value}
    </span>
  )

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
