import { setTag } from '@foghorn/browser'

/** As much of React Router's data router (`createBrowserRouter`) as is needed; the same in versions 6.4 to 8. */
export interface ReactRouter {
  state: ReactRouterState
  subscribe: (listener: (state: ReactRouterState) => void) => () => void
}

export interface ReactRouterState {
  matches: readonly { route: { path?: string } }[]
}

/** As much of TanStack Router as is needed. */
export interface TanStackRouter<Location> {
  latestLocation: Location
  matchRoutes: (location: Location) => readonly { fullPath: string }[]
  subscribe: (event: 'onBeforeLoad', listener: (event: { toLocation: Location }) => void) => () => void
}

const tag = (route: string): void => setTag('route', route || '/')

const patternOf = ({ matches }: ReactRouterState): string =>
  `/${matches.map(({ route }) => route.path ?? '').join('/')}`.replaceAll(/\/+/g, '/').replace(/(.)\/$/, '$1')

/**
 * Marks events with the pattern of the route, such as `/orders/:id`, as tag `route`. What it returns stops it.
 *
 * @example
 * const router = createBrowserRouter(routes)
 * tagReactRouter(router)
 */
export const tagReactRouter = (router: ReactRouter): (() => void) => {
  tag(patternOf(router.state))
  return router.subscribe((state) => tag(patternOf(state)))
}

/**
 * Marks events with the pattern of the route, such as `/orders/$id`, as tag `route`. What it returns stops it.
 *
 * @example
 * const router = createRouter({ routeTree })
 * tagTanStackRouter(router)
 */
export const tagTanStackRouter = <Location>(router: TanStackRouter<Location>): (() => void) => {
  const tagMatch = (location: Location): void => tag(router.matchRoutes(location).at(-1)?.fullPath ?? '/')
  tagMatch(router.latestLocation)
  return router.subscribe('onBeforeLoad', ({ toLocation }) => tagMatch(toLocation))
}
