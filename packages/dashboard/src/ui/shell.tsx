import { Link, Outlet, useLocation, useRouteContext } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { LogOutButton } from '../session/log-out-button.tsx'
import { Announcer } from './announcer.tsx'
import { LogoIcon } from './icons.tsx'
import { ThemeToggle } from './theme-toggle.tsx'
import './shell.css'

// `/organizations/acme/issues/12/events/…` is the page of issue 12, whichever of its events is shown.
const pageOf = (pathname: string): string => pathname.split('/').slice(0, 5).join('/')

/** After going to another page, the keyboard and screen readers start at its beginning. */
const useFocusOnNewPage = () => {
  const main = useRef<HTMLElement>(null)
  const page = pageOf(useLocation().pathname)
  const shownPage = useRef(page)
  useEffect(() => {
    if (shownPage.current === page) return
    shownPage.current = page
    main.current?.focus({ preventScroll: true })
  }, [page])
  return main
}

/** The frame of all pages of logged-in people. */
export const Shell = () => {
  const main = useFocusOnNewPage()
  return (
    <>
      <a href="#main" className="skip-link">
        Skip to content
      </a>
      <Header />
      <main id="main" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
      <Announcer />
    </>
  )
}

const Header = () => {
  const session = useRouteContext({ from: '/signed-in', select: (context) => context.session })
  const { pathname } = useLocation()
  const org = /^\/organizations\/([^/]+)/.exec(pathname)?.[1] ?? session.organizations[0]?.slug
  return (
    <header className="header">
      <Link to="/" className="brand">
        <LogoIcon />
        Foghorn
      </Link>
      {org && (
        <nav aria-label="Main" className="header-nav">
          <Link to="/organizations/$org/issues" params={{ org }}>
            Issues
          </Link>
          <Link to="/organizations/$org/feedback" params={{ org }}>
            Feedback
          </Link>
          <Link to="/organizations/$org/projects" params={{ org }}>
            Projects
          </Link>
        </nav>
      )}
      <div className="header-end">
        <span className="header-user" title={session.user.email}>
          {session.user.name || session.user.email}
        </span>
        <ThemeToggle />
        <LogOutButton />
      </div>
    </header>
  )
}
