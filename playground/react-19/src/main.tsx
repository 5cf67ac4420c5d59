import { init } from '@foghorn/browser'
import { feedbackButton } from '@foghorn/feedback'
import { reactRootHandlers } from '@foghorn/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'

const settings = window.__FOGHORN__
if (settings) init({ dsn: settings.dsn, release: settings.release ?? 'ferry@1.0.0', autoSessionTracking: false })

feedbackButton()

// `?plain` leaves React's own handlers in place.
const handlers = location.search === '?plain' ? {} : reactRootHandlers()

createRoot(document.getElementById('app')!, handlers).render(
  <StrictMode>
    <App handlers={handlers} />
  </StrictMode>,
)
