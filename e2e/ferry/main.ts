// A page that already uses Sentry's SDK: only its DSN is changed.
import * as Sentry from '@sentry/browser'
import { Ferry } from './ferry.ts'

declare global {
  interface Window {
    __FOGHORN__: { dsn: string; release: string }
  }
}

Sentry.init({ dsn: window.__FOGHORN__.dsn, release: window.__FOGHORN__.release, environment: 'harbour' })
Sentry.setTag('pier', 'north')

const ferry = new Ferry('Morwenna', 40)

const onClick = (id: string, run: () => void) =>
  document.querySelector(`[data-testid=${id}]`)?.addEventListener('click', run)

onClick('depart', () => ferry.depart(41))
onClick('tell', () => {
  const eventId = Sentry.captureException(new Error('Morwenna is aground'))
  Sentry.showReportDialog({ eventId, title: 'What did you see?', onClose: () => (document.title = 'Closed') })
})
onClick('report', () => {
  Sentry.captureMessage('Morwenna is late', 'warning')
})
