/** What has happened to an alert since people were told, or that somebody tries a channel. */
export type Action = 'trigger' | 'acknowledge' | 'resolve' | 'test'

/** What a channel tells of one alert. */
export interface AlertMessage {
  action: Action
  /** The same for everything that is told of one fault: ties what comes later to what came before. */
  incident: string
  /** Name of the rule. */
  rule: string
  project: { slug: string; name: string }
  /** Why it fired, in words. */
  why: string
  issue: MessageIssue
  /** Milliseconds since 1970. */
  firedAt: number
}

export interface MessageIssue {
  shortId: string
  title: string
  /** Function and file of the top frame, as they are in the source. */
  culprit: string
  level: string
  events: number
  users: number
  release: string | null
  /** Of who is supposed to have caused it; null when nobody knows. */
  suspectCommit: string | null
  /** Address of its page. */
  link: string
}

/** One delivery: usually one alert, or what was collected for a while. */
export interface Notice {
  /** Names the delivery for whoever receives it, however often it is tried. */
  key: string
  messages: readonly [AlertMessage, ...AlertMessage[]]
}

const VERBS = { trigger: '', acknowledge: 'Acknowledged: ', resolve: 'Resolved: ', test: 'Test: ' } as const

/** One line for subjects and summaries. */
export const headlineOf = ({ messages: [first, ...others] }: Notice): string => {
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  return `[${first.project.name}] ${VERBS[first.action]}${first.issue.title}${more}`
}

export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** What is known of the issue, a line for each. */
export const factsOf = ({ issue }: AlertMessage): [name: string, value: string][] => [
  ...(issue.culprit === '' ? [] : [['Where', issue.culprit] as [string, string]]),
  ['Seen', `${counted(issue.events, 'event')}, ${counted(issue.users, 'user')}`],
  ...(issue.release === null ? [] : [['Release', issue.release] as [string, string]]),
  ...(issue.suspectCommit === null ? [] : [['Suspect commit', issue.suspectCommit] as [string, string]]),
]
