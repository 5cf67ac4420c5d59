/** What befell the visitors of the demo's site; the names are those of `failures.json`. */
export interface Visit {
  failure: 'summary' | 'payment' | 'seat' | 'crossing' | 'loyalty'
  page: string
  /** How often it happened, and from how many days ago on. */
  times: number
  days: number
  isHandled: boolean
  trail: { category: string; message?: string; data?: Record<string, string | number>; level?: string }[]
}

export const RELEASES = ['ferries@2.3.0', 'ferries@2.4.0'] as const

export const VISITS: readonly Visit[] = [
  {
    failure: 'summary',
    page: '/crossings/night',
    times: 34,
    days: 1,
    isHandled: false,
    trail: [
      { category: 'navigation', data: { from: '/', to: '/crossings/night' } },
      { category: 'fetch', data: { method: 'GET', url: '/api/timetable', status_code: 200 } },
      { category: 'ui.click', message: 'button[data-testid="show-summary"]' },
    ],
  },
  {
    failure: 'payment',
    page: '/booking/payment',
    times: 17,
    days: 3,
    isHandled: true,
    trail: [
      { category: 'navigation', data: { from: '/booking/seats', to: '/booking/payment' } },
      { category: 'ui.click', message: 'button[data-testid="pay"]' },
      { category: 'fetch', data: { method: 'POST', url: '/api/charge', status_code: 502 }, level: 'error' },
    ],
  },
  {
    failure: 'seat',
    page: '/booking/seats',
    times: 9,
    days: 6,
    isHandled: false,
    trail: [
      { category: 'ui.click', message: 'button[aria-label="Lower deck"]' },
      { category: 'console', message: 'The plan has no row 4', level: 'warning' },
    ],
  },
  {
    failure: 'loyalty',
    page: '/account',
    times: 12,
    days: 10,
    isHandled: true,
    trail: [{ category: 'fetch', data: { method: 'GET', url: '/api/loyalty', status_code: 0 }, level: 'error' }],
  },
  {
    failure: 'crossing',
    page: '/crossings/winter',
    times: 5,
    days: 12,
    isHandled: false,
    trail: [{ category: 'navigation', data: { from: '/bookmarks', to: '/crossings/winter' } }],
  },
]

export const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
] as const

export const PEOPLE = 14
