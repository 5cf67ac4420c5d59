import { Link, useLocation, useRouteContext } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { LogOutButton } from '../session/log-out-button.tsx'
import { LogoIcon } from '../ui/icons.tsx'
import { ThemeToggle } from '../ui/theme-toggle.tsx'
import { NAVIGATION, type NavigationEntry } from './entries.ts'
import { MenuIcon } from './nav-icons.tsx'
import { type Place, usePlace } from './place.ts'
import { OrganizationSwitcher, ProjectSwitcher } from './switchers.tsx'
import './sidebar.css'

/** Where everything is: beside the page, or on small screens a menu above it. */
export const Sidebar = () => {
  const place = usePlace()
  const { isOpen, toggle, button, closeOnEscape } = useMenu()
  return (
    <header className="sidebar" onKeyDown={closeOnEscape}>
      <div className="sidebar-top">
        <Link to="/" className="brand">
          <LogoIcon />
          Foghorn
        </Link>
        <button
          type="button"
          ref={button}
          className="button sidebar-menu-button"
          aria-expanded={isOpen}
          aria-controls="menu"
          onClick={toggle}
        >
          <MenuIcon />
          Menu
        </button>
      </div>
      <div id="menu" className={isOpen ? 'sidebar-menu sidebar-menu-open' : 'sidebar-menu'}>
        {place && <Navigation place={place} />}
        <Account />
      </div>
    </header>
  )
}

/** The menu of small screens: closed by Escape and by going to another page. */
const useMenu = () => {
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const { href } = useLocation()
  useEffect(() => setOpen(false), [href])
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isOpen) return
    setOpen(false)
    button.current?.focus()
  }
  return { isOpen, toggle: () => setOpen(!isOpen), button, closeOnEscape }
}

const Navigation = ({ place }: { place: Place }) => {
  const { org, project } = place
  const isWaiting = place.projects === undefined
  return (
    <nav aria-label="Main" className="sidebar-nav">
      <OrganizationSwitcher place={place} />
      <Entries entries={NAVIGATION.organization} params={{ org }} />
      {(project || isWaiting) && (
        // Its room is kept while the projects are being loaded, so that nothing moves when they are there.
        <div className={isWaiting ? 'sidebar-project waiting' : 'sidebar-project'} inert={isWaiting}>
          <ProjectSwitcher place={place} />
          <Entries entries={NAVIGATION.project} params={{ org, project: project ?? 'none' }} />
        </div>
      )}
      <p className="sidebar-title">Organization</p>
      <Entries entries={NAVIGATION.administration} params={{ org }} />
    </nav>
  )
}

interface EntriesProps {
  entries: readonly NavigationEntry[]
  params: Record<string, string>
}

const Entries = ({ entries, params }: EntriesProps) => {
  const { pathname } = useLocation()
  return (
    <ul>
      {entries.map(({ name, to, Icon, current }) => (
        <li key={name}>
          <Link
            to={to}
            params={params}
            activeOptions={{ exact: current !== undefined, includeSearch: false }}
            {...(current?.test(pathname) && { 'aria-current': 'page' })}
          >
            <Icon />
            {name}
          </Link>
        </li>
      ))}
    </ul>
  )
}

const Account = () => {
  const { user } = useRouteContext({ from: '/signed-in', select: (context) => context.session })
  return (
    <div className="sidebar-account">
      <Link to="/profile" className="sidebar-user untrusted" title={`Profile of ${user.email}`}>
        {user.name || user.email}
      </Link>
      <ThemeToggle />
      <LogOutButton />
    </div>
  )
}
