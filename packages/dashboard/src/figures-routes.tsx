import { createRoute, lazyRouteComponent as lazy } from '@tanstack/react-router'
import { readIngestSearch } from './ingest/search.ts'
import { readPerformanceSearch } from './performance/search.ts'
import { readReleasesSearch } from './releases/search.ts'
import { signedIn } from './signed-in-route.tsx'
import { readSourceMapsSearch } from './source-maps/search.ts'
import { readStatisticsSearch } from './statistics/search.ts'
import { readVitalsSearch } from './vitals/search.ts'

// What a project's figures tell, over time.

const releases = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$org/projects/$project/releases',
  component: lazy(() => import('./releases/releases-page.tsx'), 'ReleasesPage'),
  validateSearch: readReleasesSearch,
})

const release = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$org/projects/$project/releases/$version',
  component: lazy(() => import('./releases/release-page.tsx'), 'ReleasePage'),
  validateSearch: readReleasesSearch,
})

const vitals = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$org/projects/$project/vitals',
  component: lazy(() => import('./vitals/vitals-page.tsx'), 'VitalsPage'),
  validateSearch: readVitalsSearch,
})

const performance = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$org/projects/$project/performance',
  component: lazy(() => import('./performance/performance-page.tsx'), 'PerformancePage'),
  validateSearch: readPerformanceSearch,
})

const sourceMaps = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$org/projects/$project/source-maps',
  component: lazy(() => import('./source-maps/source-maps-page.tsx'), 'SourceMapsPage'),
  validateSearch: readSourceMapsSearch,
})

const ingest = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$org/projects/$project/ingest',
  component: lazy(() => import('./ingest/ingest-page.tsx'), 'IngestPage'),
  validateSearch: readIngestSearch,
})

const statistics = createRoute({
  getParentRoute: () => signedIn,
  path: '/organizations/$org/projects/$project/statistics',
  component: lazy(() => import('./statistics/statistics-page.tsx'), 'StatisticsPage'),
  validateSearch: readStatisticsSearch,
})

export const figuresRoutes = [releases, release, vitals, performance, sourceMaps, ingest, statistics] as const
