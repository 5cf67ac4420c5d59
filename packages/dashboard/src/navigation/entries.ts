import type { LinkProps } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { AlertsIcon, FeedbackIcon, IssuesIcon, OrganizationIcon, ProjectsIcon, SettingsIcon } from './nav-icons.tsx'

export interface NavigationEntry {
  name: string
  /** A page that needs no other parameters than the organization and the project. */
  to: Exclude<LinkProps['to'], undefined>
  Icon: ComponentType
  /** The page is not marked as the current one on the pages below it. */
  exact?: boolean
}

/** What the sidebar lists, in its order. The pages of `project` are those of the project that its switcher names. */
export const NAVIGATION = {
  organization: [
    { name: 'Issues', to: '/organizations/$org/issues', Icon: IssuesIcon },
    { name: 'Feedback', to: '/organizations/$org/feedback', Icon: FeedbackIcon },
  ],
  project: [
    { name: 'Alerts', to: '/organizations/$org/projects/$project/alerts', Icon: AlertsIcon },
    { name: 'Settings', to: '/organizations/$org/projects/$project/setup', Icon: SettingsIcon },
  ],
  administration: [
    { name: 'Projects', to: '/organizations/$org/projects', Icon: ProjectsIcon, exact: true },
    { name: 'Channels', to: '/organizations/$org/channels', Icon: OrganizationIcon },
  ],
} as const satisfies Record<string, readonly NavigationEntry[]>
