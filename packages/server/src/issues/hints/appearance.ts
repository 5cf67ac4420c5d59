import type { Appearance, Facts, FindHint } from './hint.ts'

const MINUTE_MS = 60_000

/** Whole minutes up to two hours, then whole hours. */
const spell = (ms: number): string => {
  const minutes = Math.round(ms / MINUTE_MS)
  if (minutes < 1) return 'less than a minute'
  if (minutes < 120) return minutes === 1 ? '1 minute' : `${minutes} minutes`
  return `${Math.round(minutes / 60)} hours`
}

/** An event of the time of which the appearance tells. */
const eventOf = ({ isReturn }: Appearance, { oldest, newest }: Pick<Facts, 'oldest' | 'newest'>) =>
  isReturn ? newest : oldest

const seen = ({ isReturn }: Appearance): string => (isReturn ? 'Came back' : 'First seen')

/** It came with a release: nobody met it in the one before. */
export const sameRelease: FindHint = ({ appearance, ...events }) => {
  if (!appearance?.previous) return undefined
  const { version, previous, date, seenAt } = appearance
  return {
    type: 'same-release',
    text: `${seen(appearance)} in ${version}, not in ${previous} before it.`,
    evidence: {
      release: version,
      previousRelease: previous,
      dateReleased: new Date(date).toISOString(),
      dateSeen: new Date(seenAt).toISOString(),
      eventID: eventOf(appearance, events).eventId,
    },
  }
}

/** It came right after a deploy of that release to where it was met. */
export const sameDeploy: FindHint = ({ appearance, ...events }) => {
  if (!appearance) return undefined
  const { environment } = eventOf(appearance, events).payload
  const deploy = appearance.deploys.find((one) => one.environment === environment)
  if (!deploy) return undefined
  const { version, seenAt } = appearance
  return {
    type: 'same-deploy',
    text: `${seen(appearance)} ${spell(seenAt - deploy.finishedAt)} after ${version} was deployed to ${environment}.`,
    evidence: {
      release: version,
      environment,
      name: deploy.name,
      dateFinished: new Date(deploy.finishedAt).toISOString(),
      dateSeen: new Date(seenAt).toISOString(),
      eventID: eventOf(appearance, events).eventId,
    },
  }
}
