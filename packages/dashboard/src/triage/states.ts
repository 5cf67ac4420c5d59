import type { IssueJson, StatusDetailsJson } from '@foghorn/server'
import { formatCount } from '../ui/numbers.ts'
import { formatMoment } from '../ui/time.ts'

type Life = Pick<IssueJson, 'status' | 'substatus' | 'statusDetails'>

/** What an issue is, in two words at most. */
export const stateOf = ({ status, substatus }: Pick<Life, 'status' | 'substatus'>): string => {
  if (status === 'resolved') return 'Resolved'
  if (status === 'ignored') return substatus === 'archived_forever' ? 'Archived' : 'Ignored'
  if (substatus === 'in_progress') return 'In progress'
  return substatus === 'regressed' ? 'Regressed' : 'Unresolved'
}

const within = (minutes: number | undefined): string => (minutes === undefined ? '' : ` within ${spell(minutes)}`)

const spell = (minutes: number): string => (minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`)

const conditionsOf = (details: StatusDetailsJson): string[] => [
  ...(details.ignoreUntil ? [formatMoment(new Date(details.ignoreUntil))] : []),
  ...(details.ignoreCount ? [`${formatCount(details.ignoreCount)} more events${within(details.ignoreWindow)}`] : []),
  ...(details.ignoreUserCount
    ? [`${formatCount(details.ignoreUserCount)} more people${within(details.ignoreUserWindow)}`]
    : []),
]

/** The rest of the sentence that the state begins; empty when there is nothing to add. */
export const detailsOf = ({ status, statusDetails }: Life): string => {
  if (status === 'ignored') {
    const conditions = conditionsOf(statusDetails)
    return conditions.length === 0 ? '' : `until ${conditions.join(' or ')}`
  }
  if (statusDetails.inRelease) return `in ${statusDetails.inRelease}`
  if (statusDetails.inNextRelease) return `in the release after ${statusDetails.afterRelease}`
  return statusDetails.inCommit ? `by commit ${statusDetails.inCommit.commit.slice(0, 8)}` : ''
}
