const ORG = '/organizations/$org'
const PROJECT = `${ORG}/projects/$project`

/** The main heading of every route of the dashboard. A route without a row fails the tests. */
export const PAGES: Record<string, string | RegExp> = {
  '/': 'Issues',
  '/login': 'Log in',
  '/profile': 'Profile',
  '/setup': 'Set up Foghorn',
  [`${ORG}/access`]: 'Access',
  [`${ORG}/audit-log`]: 'Audit log',
  [`${ORG}/channels`]: 'Channels',
  [`${ORG}/feedback`]: 'Feedback',
  [`${ORG}/issues`]: 'Issues',
  [`${ORG}/issues/$issueId`]: /Error/,
  [`${ORG}/issues/$issueId/events/$eventId`]: /Error/,
  [`${ORG}/members`]: 'Members',
  [`${ORG}/projects`]: 'Projects',
  [`${ORG}/projects/new`]: 'Create a project',
  [`${ORG}/teams`]: 'Teams',
  [`${ORG}/ticket-systems`]: 'Ticket systems',
  [`${ORG}/tokens`]: 'Tokens',
  [`${PROJECT}/alerts`]: /^Alerts/,
  [`${PROJECT}/grouping`]: /^Grouping of/,
  [`${PROJECT}/ingest`]: 'Ingest health',
  [`${PROJECT}/performance`]: 'Performance',
  [`${PROJECT}/releases`]: 'Releases',
  [`${PROJECT}/releases/$version`]: /@/,
  [`${PROJECT}/settings`]: /^Settings of/,
  [`${PROJECT}/settings/intake`]: /^Filters and privacy of/,
  [`${PROJECT}/settings/limits`]: /^Retention and budget of/,
  [`${PROJECT}/settings/ownership`]: /^Ownership of/,
  [`${PROJECT}/setup`]: /^Set up/,
  [`${PROJECT}/source-maps`]: 'Source maps',
  [`${PROJECT}/statistics`]: 'Statistics',
  [`${PROJECT}/vitals`]: 'Web vitals',
}

/** What stands for the parameters of a route. */
export type Names = Record<'org' | 'project' | 'version' | 'issueId' | 'eventId', string>

/** The address of a route's page: the link of `/setup` is one that is used up. */
export const addressOf = (route: string, names: Names): string =>
  route.replaceAll(/\$(\w+)/g, (_whole, name: keyof Names) => encodeURIComponent(names[name])) +
  (route === '/setup' ? '?token=used' : '')
