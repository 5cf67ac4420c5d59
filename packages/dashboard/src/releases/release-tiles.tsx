import type { ReleaseSummaryJson } from '@foghorn/server'
import { Link } from '@tanstack/react-router'
import { Meter } from '../figures/meter.tsx'
import { Tile, Tiles } from '../figures/tile.tsx'
import { changeOfShare, formatShareOrNone } from '../figures/units.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { counted, formatCount } from '../ui/numbers.ts'

/** How a release does, in figures; changes are beside the release before. */
export const ReleaseTiles = ({ address, summary }: { address: ProjectAddress; summary: ReleaseSummaryJson }) => {
  const { health, adoption, issues, previous, artifacts, version } = summary
  const adopted = adoption.users ?? adoption.sessions
  const { coverage, bundles } = artifacts
  return (
    <Tiles label="How the release does">
      <Tile
        label="Crash-free sessions"
        value={formatShareOrNone(health.crashFreeSessions)}
        change={changeOfShare(health.crashFreeSessions, previous?.health.crashFreeSessions ?? null)}
        better="up"
        note={counted(health.sessions, 'session')}
      />
      <Tile
        label="Crash-free users"
        value={formatShareOrNone(health.crashFreeUsers)}
        change={changeOfShare(health.crashFreeUsers, previous?.health.crashFreeUsers ?? null)}
        better="up"
        note={counted(health.users, 'user')}
      />
      <Tile label="Adoption" value={formatShareOrNone(adopted)} note={<Meter share={adopted ?? 0} />} />
      <Tile
        label="New issues"
        value={formatCount(issues.new)}
        note={`${formatCount(issues.regressed)} came back, ${formatCount(issues.resolved)} resolved`}
      />
      <Tile
        label="Frames that can be read"
        value={formatShareOrNone(coverage.share)}
        note={
          <Link to="/organizations/$org/projects/$project/source-maps" params={address} search={{ release: version }}>
            {counted(bundles, 'upload')} of source maps
          </Link>
        }
      />
    </Tiles>
  )
}
