import type { QueryClient } from '@tanstack/react-query'
import { createRoute, createRouter, lazyRouteComponent as lazy, redirect } from '@tanstack/react-router'
import { readFeedbackSearch } from './feedback/search.ts'
import { figuresRoutes } from './figures-routes.tsx'
import { IssuesPage } from './issues/issues-page.tsx'
import { readIssueSearch } from './issues/search.ts'
import { settingsRoutes } from './settings-routes.tsx'
import { rootRoute, signedIn } from './signed-in-route.tsx'
import { Crash, NoOrganization, NotFound } from './ui/outer-states.tsx'

// The addresses of issues and events are Sentry's, so that links of its clients lead somewhere.
// All pages but the one that people begin with are loaded when they are opened, or pointed at.

const setup = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  component: lazy(() => import('./session/setup-page.tsx'), 'SetupPage'),
  validateSearch: ({ token }: Record<string, unknown>) => ({ token: String(token ?? '') }),
})

const login = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  component: lazy(() => import('./session/login-page.tsx'), 'LoginPage'),
  validateSearch: ({ next, refused }: Record<string, unknown>): { next?: string; refused?: string } => ({
    ...(typeof next === 'string' && { next }),
    ...(typeof refused === 'string' && { refused }),
  }),
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
  component: lazy(() => import('./issue/issue-page.tsx'), 'IssuePage'),
})

const issueEvent = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$org/issues/$issueId/events/$eventId',
  component: lazy(() => import('./issue/issue-page.tsx'), 'IssuePage'),
})

const feedback = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$org/feedback',
  component: lazy(() => import('./feedback/feedback-page.tsx'), 'FeedbackPage'),
  validateSearch: readFeedbackSearch,
})

const projects = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$org/projects',
  component: lazy(() => import('./projects/projects-page.tsx'), 'ProjectsPage'),
})

const newProject = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$org/projects/new',
  component: lazy(() => import('./projects/new-project-page.tsx'), 'NewProjectPage'),
})

const projectAlerts = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$org/projects/$project/alerts',
  component: lazy(() => import('./alerts/alerts-page.tsx'), 'AlertsPage'),
})

const pages = [
  home,
  issues,
  issue,
  issueEvent,
  feedback,
  projects,
  newProject,
  projectAlerts,
  ...figuresRoutes,
  ...settingsRoutes,
] as const
const routeTree = rootRoute.addChildren([setup, login, signedIn.addChildren(pages)])

export const createAppRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
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
