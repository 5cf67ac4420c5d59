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
  /** What it is about, in one line: the issue's title, or what the rule is called. */
  title: string
  /** What people call that: the issue's short ID, or the project's slug. */
  name: string
  /** How grave it is, as events say. */
  level: string
  /** Address of the page that shows it. */
  link: string
  /** Why it fired, in words. */
  why: string
  /** Null when it is about the project or the service. */
  issue: MessageIssue | null
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
  return `[${first.project.name}] ${VERBS[first.action]}${first.title}${more}`
}

export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

type Fact = [name: string, value: string]

const factsOfIssue = ({ culprit, events, users, release, suspectCommit }: MessageIssue): Fact[] => [
  ...(culprit === '' ? [] : [['Where', culprit] satisfies Fact]),
  ['Seen', `${counted(events, 'event')}, ${counted(users, 'user')}`],
  ...(release === null ? [] : [['Release', release] satisfies Fact]),
  ...(suspectCommit === null ? [] : [['Suspect commit', suspectCommit] satisfies Fact]),
]

/** What is known of what it is about, a line for each; at least one. */
export const factsOf = ({ issue, project }: AlertMessage): Fact[] =>
  issue ? factsOfIssue(issue) : [['Project', project.name]]
