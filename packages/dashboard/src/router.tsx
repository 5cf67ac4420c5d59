import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router'
import { AlertsPage } from './alerts/alerts-page.tsx'
import { ChannelsPage } from './alerts/channels-page.tsx'
import { FeedbackPage } from './feedback/feedback-page.tsx'
import { readFeedbackSearch } from './feedback/search.ts'
import { GroupingPage } from './grouping/grouping-page.tsx'
import { IssuePage } from './issue/issue-page.tsx'
import { IssuesPage } from './issues/issues-page.tsx'
import { readIssueSearch } from './issues/search.ts'
import { NewProjectPage } from './projects/new-project-page.tsx'
import { ProjectSetupPage } from './projects/project-setup-page.tsx'
import { ProjectsPage } from './projects/projects-page.tsx'
import { LoginPage } from './session/login-page.tsx'
import { sessionQuery } from './session/session.ts'
import { SetupPage } from './session/setup-page.tsx'
import { Crash, NoOrganization, NotFound, OuterCrash } from './ui/outer-states.tsx'
import { Shell } from './ui/shell.tsx'

// The addresses of issues and events are Sentry's, so that links of its clients lead somewhere.

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  errorComponent: OuterCrash,
})

const setup = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  component: SetupPage,
  validateSearch: ({ token }: Record<string, unknown>) => ({ token: String(token ?? '') }),
})

const login = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  component: LoginPage,
  validateSearch: ({ next, refused }: Record<string, unknown>): { next?: string; refused?: string } => ({
    ...(typeof next === 'string' && { next }),
    ...(typeof refused === 'string' && { refused }),
  }),
})

const signedIn = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  component: Shell,
  errorComponent: OuterCrash,
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    if (!session) throw redirect({ to: '/login', search: location.href === '/' ? {} : { next: location.href } })
    return { session }
  },
})

const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  component: NoOrganization,
  beforeLoad: ({ context }) => {
    const [organization] = context.session.organizations
    if (organization) throw redirect({ to: '/organizations/$org/issues', params: { org: organization.slug } })
  },
})

const issues = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$org/issues',
  component: IssuesPage,
  validateSearch: readIssueSearch,
})

const issue = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$org/issues/$issueId',
  component: IssuePage,
})

const issueEvent = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$org/issues/$issueId/events/$eventId',
  component: IssuePage,
})

const feedback = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$org/feedback',
  component: FeedbackPage,
  validateSearch: readFeedbackSearch,
})

const projects = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$org/projects',
  component: ProjectsPage,
})

const newProject = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$org/projects/new',
  component: NewProjectPage,
})

const projectSetup = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$org/projects/$project/setup',
  component: ProjectSetupPage,
})

const projectGrouping = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$org/projects/$project/grouping',
  component: GroupingPage,
})

const projectAlerts = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$org/projects/$project/alerts',
  component: AlertsPage,
})

const channels = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$org/channels',
  component: ChannelsPage,
})

const pages = [
  home,
  issues,
  issue,
  issueEvent,
  feedback,
  projects,
  newProject,
  projectSetup,
  projectGrouping,
  projectAlerts,
  channels,
]
const routeTree = rootRoute.addChildren([setup, login, signedIn.addChildren(pages)])

export const createAppRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree,
    context: { queryClient },
    defaultErrorComponent: Crash,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
    // Plain text in addresses, which people read, write and share; the default writes JSON.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(search as Record<string, string>).toString()
      return text && `?${text}`
    },
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
