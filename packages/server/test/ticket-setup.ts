import { expect } from 'vitest'
import type { ActivityJson } from '../src/api/life-shapes.ts'
import type { IssueDetailsJson } from '../src/api/shapes.ts'
import type { NewTicketSystemJson, TicketJson, TicketSystemJson } from '../src/api/ticket-shapes.ts'
import { alertsOf } from './alert-setup.ts'
import type { TestService } from './harness.ts'
import { startGithub } from './ticket-servers/github.ts'
import { startGitlab } from './ticket-servers/gitlab.ts'
import { startJira, startJiraServer } from './ticket-servers/jira.ts'
import { startLinear } from './ticket-servers/linear.ts'
import { startWebhook } from './ticket-servers/webhook.ts'

export const PROVIDERS = {
  github: startGithub,
  gitlab: startGitlab,
  jira: startJira,
  'jira-server': startJiraServer,
  linear: startLinear,
  webhook: startWebhook,
}

export const KINDS = Object.keys(PROVIDERS) as (keyof typeof PROVIDERS)[]

/** Tickets as people work with them: by the API. */
export const ticketsOf = (service: TestService) => {
  const { ask, report } = alertsOf(service)
  const read = async <Body>(path: string): Promise<Body> => (await (await ask('GET', path)).json()) as Body
  const ofIssue = (issue: string): string => `/organizations/acme/issues/${issue}/`
  return {
    ask,
    report,
    connect: async (target: object, reactions: object = {}): Promise<NewTicketSystemJson> => {
      const response = await ask('POST', '/organizations/acme/ticket-systems/', { name: 'Tickets', target, reactions })
      expect(response.status, await response.clone().text()).toBe(201)
      return (await response.json()) as NewTicketSystemJson
    },
    /** The issue that came last. */
    newest: async (): Promise<{ id: string; shortId: string }> =>
      (await read<{ id: string; shortId: string }[]>('/projects/acme/shop/issues/?query=&sort=new'))[0]!,
    disconnectAll: async (): Promise<void> => {
      for (const { id } of await read<TicketSystemJson[]>('/organizations/acme/ticket-systems/'))
        await ask('DELETE', `/organizations/acme/ticket-systems/${id}/`)
    },
    want: (issue: string, system: { id: string }, ticket?: string) =>
      ask('POST', `${ofIssue(issue)}tickets/`, { system: system.id, ...(ticket !== undefined && { ticket }) }),
    tickets: (issue: string) => read<TicketJson[]>(`${ofIssue(issue)}tickets/`),
    issue: (issue: string) => read<IssueDetailsJson>(ofIssue(issue)),
    change: async (issue: string, change: object): Promise<void> => {
      expect((await ask('PUT', ofIssue(issue), change)).status).toBe(200)
    },
    /** What the feed tells of tickets, the newest first. */
    feed: async (issue: string): Promise<string[]> =>
      (await read<{ activity: ActivityJson[] }>(`${ofIssue(issue)}activities/`)).activity
        .map(({ type }) => type)
        .filter((type) => type.startsWith('ticket_') || type.startsWith('set_')),
  }
}
