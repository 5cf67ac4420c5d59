import type { LinkProps } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import {
  AlertsIcon,
  FeedbackIcon,
  IngestIcon,
  IssuesIcon,
  OrganizationIcon,
  PerformanceIcon,
  ProjectsIcon,
  ReleasesIcon,
  SettingsIcon,
  SourceMapsIcon,
  StatisticsIcon,
  VitalsIcon,
} from './nav-icons.tsx'

export interface NavigationEntry {
  name: string
  /** A page that needs no other parameters than the organization and the project. */
  to: Exclude<LinkProps['to'], undefined>
  Icon: ComponentType
  /** Absent: the page is marked as the current one on the pages below it too; else where it is. */
  current?: RegExp
}

/** What the sidebar lists, in its order. The pages of `project` are those of the project that its switcher names. */
export const NAVIGATION = {
  organization: [
    { name: 'Issues', to: '/organizations/$org/issues', Icon: IssuesIcon },
    { name: 'Feedback', to: '/organizations/$org/feedback', Icon: FeedbackIcon },
  ],
  project: [
    { name: 'Releases', to: '/organizations/$org/projects/$project/releases', Icon: ReleasesIcon },
    { name: 'Web vitals', to: '/organizations/$org/projects/$project/vitals', Icon: VitalsIcon },
    { name: 'Performance', to: '/organizations/$org/projects/$project/performance', Icon: PerformanceIcon },
    { name: 'Statistics', to: '/organizations/$org/projects/$project/statistics', Icon: StatisticsIcon },
    { name: 'Source maps', to: '/organizations/$org/projects/$project/source-maps', Icon: SourceMapsIcon },
    { name: 'Ingest health', to: '/organizations/$org/projects/$project/ingest', Icon: IngestIcon },
    { name: 'Alerts', to: '/organizations/$org/projects/$project/alerts', Icon: AlertsIcon },
    {
      name: 'Settings',
      to: '/organizations/$org/projects/$project/settings',
      Icon: SettingsIcon,
      current: /^\/organizations\/[^/]+\/projects\/[^/]+\/(settings|setup|grouping)(\/|$)/,
    },
  ],
  administration: [
    {
      name: 'Projects',
      to: '/organizations/$org/projects',
      Icon: ProjectsIcon,
      current: /^\/organizations\/[^/]+\/projects(\/new)?$/,
    },
    {
      name: 'People and access',
      to: '/organizations/$org/members',
      Icon: OrganizationIcon,
      current: /^\/organizations\/[^/]+\/(members|teams|tokens|channels|ticket-systems|access|audit-log)$/,
    },
  ],
} as const satisfies Record<string, readonly NavigationEntry[]>
