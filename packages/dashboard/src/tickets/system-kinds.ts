import { settingsOf } from '../alerts/channel-target.ts'

interface Ask {
  label: string
  placeholder?: string
  hint?: string
  /** What the service takes when the field is empty. */
  isOptional?: true
  isSecret?: true
}

interface Kind {
  name: string
  /** By the names that the service knows. */
  asks: Record<string, Ask>
  /** What to do there so that changes are told at once; absent where nothing is told. */
  hook?: string
}

const TOKEN = { label: 'Token', isSecret: true } as const
const PROJECT_KEY = { label: 'Project key', placeholder: 'SHOP' } as const
const ISSUE_TYPE = { label: 'Type of the tickets', placeholder: 'Bug', isOptional: true } as const

/** What each kind of ticket system asks for. */
export const KINDS = {
  github: {
    name: 'GitHub',
    asks: {
      repository: { label: 'Repository', placeholder: 'owner/repository' },
      token: { ...TOKEN, hint: 'A fine-grained token that may read and write the issues of this repository' },
      apiUrl: { label: 'Address of the API', placeholder: 'https://api.github.com', isOptional: true },
    },
    hook: 'In the settings of the repository, add a webhook with this address, content type application/json, this secret, and the event “Issues”.',
  },
  gitlab: {
    name: 'GitLab',
    asks: {
      project: { label: 'Project', placeholder: 'group/project' },
      token: { ...TOKEN, hint: 'An access token of the project with the scope api and the role Reporter' },
      url: { label: 'Address', placeholder: 'https://gitlab.com', isOptional: true },
    },
    hook: 'In the settings of the project, add a webhook with this address, this secret token, and the trigger “Issues events”.',
  },
  jira: {
    name: 'Jira Cloud',
    asks: {
      url: { label: 'Address', placeholder: 'https://example.atlassian.net' },
      project: PROJECT_KEY,
      email: { label: 'E-mail address of the account' },
      token: { ...TOKEN, label: 'API token of the account' },
      issueType: ISSUE_TYPE,
    },
    hook: 'In the system settings of Jira, add a webhook with this address, this secret, and the event “Issue updated”.',
  },
  'jira-server': {
    name: 'Jira Data Center',
    asks: {
      url: { label: 'Address', placeholder: 'https://jira.example.com' },
      project: PROJECT_KEY,
      token: { ...TOKEN, label: 'Personal access token' },
      issueType: ISSUE_TYPE,
    },
    hook: 'In the system settings of Jira, add a webhook with this address, this secret, and the event “Issue updated”. Where Jira takes no secret, write ?secret= and the secret behind the address.',
  },
  linear: {
    name: 'Linear',
    asks: {
      team: { label: 'Key of the team', placeholder: 'ENG' },
      token: { ...TOKEN, label: 'Personal API key' },
    },
    hook: 'In the API settings of Linear, add a webhook with this address for issues, and enter its signing secret here.',
  },
  webhook: {
    name: 'A program of yours',
    asks: { url: { label: 'Address' } },
    hook: 'Your program signs with this secret what it sends to this address.',
  },
  extension: {
    name: 'Extension',
    asks: {
      system: { label: 'Ticket system', placeholder: 'acme/board' },
      settings: { label: 'Settings', placeholder: 'board=12, lane=new', isOptional: true },
    },
  },
} as const satisfies Record<string, Kind>

export type SystemKind = keyof typeof KINDS

export const isKind = (kind: string): kind is SystemKind => Object.hasOwn(KINDS, kind)

/** Kinds as a form shows them. */
export const asksOf = (kind: SystemKind): [name: string, ask: Ask][] => Object.entries(KINDS[kind].asks)

const given = (kind: SystemKind, values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    asksOf(kind)
      .map(([name]) => [name, values[name] ?? ''] as const)
      .filter(([, value]) => value !== ''),
  )

/** Where a system leads, as its form says; the service knows what stands for an empty field, and says what does not fit. */
export const toTarget = (kind: SystemKind, values: Record<string, string>): object => {
  const { settings, ...target } = given(kind, values)
  return { kind, ...target, ...(settings !== undefined && { settings: settingsOf(settings) }) }
}

/** What to do in a system so that changes are told at once; undefined where it tells nothing. */
export const hookOf = (kind: string): string | undefined => {
  const known: Kind | undefined = isKind(kind) ? KINDS[kind] : undefined
  return known?.hook
}
