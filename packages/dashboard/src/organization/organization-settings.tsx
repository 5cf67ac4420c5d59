import type { ReactNode } from 'react'
import { Tabs, type Tab } from '../ui/tabs.tsx'

const TABS: readonly Tab[] = [
  { name: 'Members', to: '/organizations/$org/members' },
  { name: 'Teams', to: '/organizations/$org/teams' },
  { name: 'Tokens', to: '/organizations/$org/tokens' },
  { name: 'Channels', to: '/organizations/$org/channels' },
  { name: 'Ticket systems', to: '/organizations/$org/ticket-systems' },
  { name: 'Access', to: '/organizations/$org/access' },
  { name: 'Audit log', to: '/organizations/$org/audit-log' },
]

interface OrganizationSettingsProps {
  org: string
  /** The page's heading. */
  title: string
  children: ReactNode
}

/** The frame of an organization's settings. */
export const OrganizationSettings = ({ org, title, children }: OrganizationSettingsProps) => (
  <div className="page page-medium">
    <title>{`${title} · Foghorn`}</title>
    <h1>{title}</h1>
    <Tabs label="Settings of the organization" tabs={TABS} params={{ org }} />
    {children}
  </div>
)
