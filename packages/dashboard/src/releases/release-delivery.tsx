import type { CommitJson, DeployJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { figuresQuery } from '../figures/figures-query.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { Age } from '../ui/age.tsx'
import { counted } from '../ui/numbers.ts'
import { Loaded } from '../ui/states.tsx'
import { WebLink } from '../ui/web-link.tsx'
import { releasePath } from './releases-query.ts'

interface DeliveryProps {
  address: ProjectAddress
  version: string
}

const SHOWN_AT_MOST = 50

export const ReleaseCommits = ({ address, version }: DeliveryProps) => {
  const commits = useQuery(figuresQuery<CommitJson[]>(address, releasePath(version, 'commits/')))
  return (
    <section className="panel" aria-labelledby="commits">
      <div className="panel-head">
        <h2 id="commits">Commits</h2>
      </div>
      <Loaded query={commits} lines={4} label="Loading commits">
        {(found) =>
          found.length === 0 ? (
            <p className="inline-empty">
              None are known. <code>npx foghorn releases set-commits</code> in CI tells them, and issues then name the
              commits that may have caused them.
            </p>
          ) : (
            <ul className="release-issues">
              {found.slice(0, SHOWN_AT_MOST).map((commit) => (
                <li key={commit.id} className="release-issue">
                  <Commit commit={commit} />
                </li>
              ))}
              {found.length > SHOWN_AT_MOST && (
                <li className="release-issue muted">and {counted(found.length - SHOWN_AT_MOST, 'more commit')}</li>
              )}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

const SHORT_ID = 8

const Commit = ({ commit: { id, message, author, dateCreated, patchSet } }: { commit: CommitJson }) => (
  <>
    <span className="untrusted">{message?.split('\n', 1)[0] || 'without a message'}</span>
    <span className="release-notes">
      <code title={id}>{id.slice(0, SHORT_ID)}</code>
      {author && <span className="untrusted">{author.name ?? author.email}</span>}
      {dateCreated && <Age date={dateCreated} />}
      {patchSet.length > 0 && <span>{counted(patchSet.length, 'file')}</span>}
    </span>
  </>
)

export const ReleaseDeploys = ({ address, version }: DeliveryProps) => {
  const deploys = useQuery(figuresQuery<DeployJson[]>(address, releasePath(version, 'deploys/')))
  return (
    <section className="panel" aria-labelledby="deploys">
      <div className="panel-head">
        <h2 id="deploys">Deploys</h2>
      </div>
      <Loaded query={deploys} lines={4} label="Loading deploys">
        {(found) =>
          found.length === 0 ? (
            <p className="inline-empty">
              None are known. <code>npx foghorn releases deploys</code> tells where a release went.
            </p>
          ) : (
            <ul className="release-issues">
              {found.map((deploy) => (
                <li key={deploy.id} className="release-issue">
                  <span className="untrusted">
                    {deploy.environment}
                    {deploy.name && ` · ${deploy.name}`}
                  </span>
                  <span className="release-notes">
                    {deploy.dateFinished && <Age date={deploy.dateFinished} />}
                    {deploy.url && (
                      <span className="untrusted">
                        <WebLink text={deploy.url} />
                      </span>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}
