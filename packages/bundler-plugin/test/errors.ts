import type { Browser } from 'playwright'
import { brief, type Service } from '../../cli/test/service.ts'
import { visit } from './page.ts'

const OWN = /^(?:cart|break|lazy)\.js$/

/** What the service makes of the errors of a built page: release, and the frames in the app's own files, by the innermost. */
export const errorsOf = async (folder: string, { browser, service }: { browser: Browser; service: Service }) => {
  const ids = await visit(browser, folder, { dsn: service.project.dsn, errors: 2 })
  const events = await Promise.all(ids.map((id) => service.event(id)))
  return events
    .map(({ release, frames }) => ({
      release,
      frames: (brief(frames) as [string, string | null, number][]).filter(([name]) => OWN.test(name)),
    }))
    .sort((a, b) => (a.frames[0]?.[0] ?? '').localeCompare(b.frames[0]?.[0] ?? ''))
}

/** The same as the program itself says it. Functions without a name have none. */
export const ORIGINAL_ERRORS = (release: string) => [
  {
    release,
    frames: [
      ['cart.js', null, 7],
      ['cart.js', 'Cart.total', 7],
      ['break.js', 'checkOut', 3],
    ],
  },
  {
    release,
    frames: [
      ['lazy.js', 'redeem', 2],
      ['break.js', null, 6],
    ],
  },
]
