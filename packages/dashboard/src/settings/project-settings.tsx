import type { ReactNode } from 'react'
import { Tabs, type Tab } from '../ui/tabs.tsx'

export interface ProjectAddress {
  org: string
  /** Slug. */
  project: string
}

const TABS: readonly Tab[] = [
  { name: 'Set up', to: '/organizations/$org/projects/$project/setup' },
  { name: 'General', to: '/organizations/$org/projects/$project/settings' },
  { name: 'Filters and privacy', to: '/organizations/$org/projects/$project/settings/intake' },
  { name: 'Grouping', to: '/organizations/$org/projects/$project/grouping' },
  { name: 'Ownership', to: '/organizations/$org/projects/$project/settings/ownership' },
  { name: 'Retention and budget', to: '/organizations/$org/projects/$project/settings/limits' },
]

interface ProjectSettingsProps {
  address: ProjectAddress
  /** The page's heading. */
  title: string
  children: ReactNode
}

/** The frame of a project's settings. */
export const ProjectSettings = ({ address, title, children }: ProjectSettingsProps) => (
  <div className="page page-medium">
    <title>{`${title} · Foghorn`}</title>
    <h1>{title}</h1>
    <Tabs label="Settings of the project" tabs={TABS} params={{ ...address }} />
    {children}
  </div>
)
