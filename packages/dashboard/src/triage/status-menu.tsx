import type { IssueDetailsJson } from '@foghorn/server'
import { Dropdown } from '../ui/dropdown.tsx'
import { useChangeIssue, type Change } from './triage-query.ts'
import type { IssueAddress } from '../issue/issue-query.ts'

type Choice = readonly [name: string, change: Change]

const DAY_MINUTES = 24 * 60

const CHOICES: readonly Choice[] = [
  ['Start work', { status: 'in_progress' }],
  ['Resolve in the next release', { status: 'resolved', statusDetails: { inNextRelease: true } }],
  ['Ignore for a day', { status: 'ignored', statusDetails: { ignoreDuration: DAY_MINUTES } }],
  ['Ignore for a week', { status: 'ignored', statusDetails: { ignoreDuration: 7 * DAY_MINUTES } }],
  ['Ignore until 100 more events', { status: 'ignored', statusDetails: { ignoreCount: 100 } }],
  ['Ignore until 10 more people', { status: 'ignored', statusDetails: { ignoreUserCount: 10 } }],
]

interface StatusMenuProps {
  address: IssueAddress
  issue: Pick<IssueDetailsJson, 'isSubscribed'>
}

/** What is wanted of an issue less often. */
export const StatusMenu = ({ address, issue: { isSubscribed } }: StatusMenuProps) => {
  const change = useChangeIssue(address)
  const choices: readonly Choice[] = [
    ...CHOICES,
    [isSubscribed ? 'Stop following' : 'Follow', { isSubscribed: !isSubscribed }],
  ]
  return (
    <>
      <Dropdown label="More">
        {(close) => (
          <ul>
            {choices.map(([name, wanted]) => (
              <li key={name}>
                <button
                  type="button"
                  aria-disabled={change.isPending}
                  onClick={() => {
                    close()
                    if (!change.isPending) change.mutate(wanted)
                  }}
                >
                  {name}
                </button>
              </li>
            ))}
          </ul>
        )}
      </Dropdown>
      {change.error && (
        <p className="form-error" role="alert">
          Not changed. {change.error.message}
        </p>
      )}
    </>
  )
}
