import { createRoute, lazyRouteComponent as lazy, type RouteComponent } from '@tanstack/react-router'
import { signedIn } from './signed-in-route.tsx'

const page = <const Path extends string>(path: Path, component: RouteComponent) =>
  createRoute({ getParentRoute: () => signedIn, path, component })

/** Pages where projects, organizations and people are set up. */
export const settingsRoutes = [
  page(
    '/organizations/$org/projects/$project/setup',
    lazy(() => import('./projects/project-setup-page.tsx'), 'ProjectSetupPage'),
  ),
  page(
    '/organizations/$org/projects/$project/settings',
    lazy(() => import('./settings/general-page.tsx'), 'GeneralPage'),
  ),
  page(
    '/organizations/$org/projects/$project/settings/intake',
    lazy(() => import('./settings/intake-page.tsx'), 'IntakePage'),
  ),
  page(
    '/organizations/$org/projects/$project/grouping',
    lazy(() => import('./grouping/grouping-page.tsx'), 'GroupingPage'),
  ),
  page(
    '/organizations/$org/projects/$project/settings/ownership',
    lazy(() => import('./settings/ownership-page.tsx'), 'OwnershipPage'),
  ),
  page(
    '/organizations/$org/projects/$project/settings/limits',
    lazy(() => import('./settings/limits-page.tsx'), 'LimitsPage'),
  ),
  page(
    '/organizations/$org/members',
    lazy(() => import('./organization/members-page.tsx'), 'MembersPage'),
  ),
  page(
    '/organizations/$org/teams',
    lazy(() => import('./organization/teams-page.tsx'), 'TeamsPage'),
  ),
  page(
    '/organizations/$org/tokens',
    lazy(() => import('./organization/tokens-page.tsx'), 'TokensPage'),
  ),
  page(
    '/organizations/$org/channels',
    lazy(() => import('./alerts/channels-page.tsx'), 'ChannelsPage'),
  ),
  page(
    '/organizations/$org/ticket-systems',
    lazy(() => import('./tickets/ticket-systems-page.tsx'), 'TicketSystemsPage'),
  ),
  page(
    '/organizations/$org/access',
    lazy(() => import('./organization/access-page.tsx'), 'AccessPage'),
  ),
  page(
    '/organizations/$org/audit-log',
    lazy(() => import('./organization/audit-page.tsx'), 'AuditPage'),
  ),
  page(
    '/profile',
    lazy(() => import('./profile/profile-page.tsx'), 'ProfilePage'),
  ),
] as const
