import { init, setTag, setUser } from '@foghorn/browser'

/** Starts error monitoring when the page's server has said where errors go. */
export const startMonitoring = (): void => {
  const settings = window.__FOGHORN__
  if (!settings) return
  init({ dsn: settings.dsn, release: settings.release ?? `shop@${__VERSION__}`, environment: 'playground' })
  setUser({ id: 'customer-7', username: 'ada' })
  setTag('storefront', 'harbour')
}
