import { Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { Sidebar } from '../navigation/sidebar.tsx'
import { Announcer } from './announcer.tsx'
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
      <div className="frame-of-pages">
        <Sidebar />
        <main id="main" ref={main} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Announcer />
    </>
  )
}
