import { Link, type LinkProps } from '@tanstack/react-router'

export interface Tab {
  name: string
  to: Exclude<LinkProps['to'], undefined>
  /** Not marked on the pages below it. */
  exact?: boolean
}

interface TabsProps {
  label: string
  tabs: readonly Tab[]
  params: Record<string, string>
}

/** Pages that belong together, as links beside each other. */
export const Tabs = ({ label, tabs, params }: TabsProps) => (
  <nav aria-label={label} className="tabs">
    <ul>
      {tabs.map(({ name, to, exact = true }) => (
        <li key={name}>
          <Link to={to} params={params} activeOptions={{ exact, includeSearch: false }}>
            {name}
          </Link>
        </li>
      ))}
    </ul>
  </nav>
)
