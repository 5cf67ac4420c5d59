import type { ReleaseStateJson } from '@foghorn/server'
import { type Change, changeOfNumber, changeOfShare, formatShareOrNone } from '../figures/units.ts'
import { formatCount } from '../ui/numbers.ts'

export interface ComparedFigure {
  name: string
  now: string
  before: string
  change: Change | undefined
  better?: 'up' | 'down'
}

type ShareOf = (state: ReleaseStateJson) => number | null

const share = (name: string, of: ShareOf, better?: 'up' | 'down') => ({ name, of, isShare: true, better })
const number = (name: string, of: ShareOf, better?: 'up' | 'down') => ({ name, of, isShare: false, better })

const FIGURES = [
  share('Crash-free sessions', ({ health }) => health.crashFreeSessions, 'up'),
  share('Crash-free users', ({ health }) => health.crashFreeUsers, 'up'),
  share('Adoption by users', ({ adoption }) => adoption.users),
  number('Sessions', ({ health }) => health.sessions),
  number('New issues', ({ issues }) => issues.new, 'down'),
  number('Issues that came back', ({ issues }) => issues.regressed, 'down'),
  number('Resolved issues', ({ issues }) => issues.resolved, 'up'),
  share('Frames that can be read', ({ artifacts }) => artifacts.coverage.share, 'up'),
]

/** Each figure of a release beside that of the one before. */
export const compare = (now: ReleaseStateJson, before: ReleaseStateJson): ComparedFigure[] =>
  FIGURES.map(({ name, of, isShare, better }) => {
    const format = isShare ? formatShareOrNone : (value: number | null) => formatCount(value ?? 0)
    return {
      name,
      now: format(of(now)),
      before: format(of(before)),
      change: (isShare ? changeOfShare : changeOfNumber)(of(now), of(before)),
      ...(better && { better }),
    }
  })
