import type { ArtifactStorageJson, MapCoverageJson } from '@foghorn/server'
import { useQuery } from '@tanstack/react-query'
import { figuresQuery } from '../figures/figures-query.ts'
import { Meter } from '../figures/meter.tsx'
import { Tile, Tiles } from '../figures/tile.tsx'
import { formatBytes, formatShareOrNone } from '../figures/units.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { counted, formatCount } from '../ui/numbers.ts'
import { Loaded } from '../ui/states.tsx'
import { Gaps } from './gaps.tsx'
import { HowToUpload } from './how-to-upload.tsx'

interface CoverageProps {
  address: ProjectAddress
  release: string | undefined
}

/** How many frames of the newest events lead to their sources, and what is missing for the others. */
export const Coverage = ({ address, release }: CoverageProps) => {
  const coverage = useQuery(figuresQuery<MapCoverageJson>(address, 'sourcemaps/coverage/', { release }))
  const storage = useQuery(figuresQuery<ArtifactStorageJson>(address, 'artifact-bundles/storage/'))
  return (
    <Loaded query={coverage} lines={8} label="Loading coverage">
      {(found) => (
        <>
          <Figures coverage={found} storage={storage.data} />
          <section className="panel" aria-labelledby="missing">
            <div className="panel-head">
              <h2 id="missing">What is missing</h2>
            </div>
            <Missing address={address} coverage={found} isEmpty={storage.data?.bundles === 0} />
          </section>
        </>
      )}
    </Loaded>
  )
}

const Figures = ({ coverage, storage }: { coverage: MapCoverageJson; storage: ArtifactStorageJson | undefined }) => {
  const { share, frames, resolved, events } = coverage
  return (
    <Tiles label="Coverage and storage">
      <Tile
        label="Frames that can be read"
        value={formatShareOrNone(share)}
        note={<Meter share={share ?? 0} tone={(share ?? 0) > 0.95 ? 'good' : 'warning'} />}
      />
      <Tile
        label="Looked at"
        value={counted(events, 'event')}
        note={`the newest; ${formatCount(resolved)} of ${counted(frames, 'frame')} of your own code`}
      />
      <Tile
        label="Uploads"
        value={storage ? formatCount(storage.bundles) : '–'}
        note={storage && `${counted(storage.files, 'file')} of the project`}
      />
      <Tile label="Storage" value={storage ? formatBytes(storage.bytes) : '–'} note="each content once" />
    </Tiles>
  )
}

interface MissingProps {
  address: ProjectAddress
  coverage: MapCoverageJson
  isEmpty: boolean
}

const Missing = ({ address, coverage, isEmpty }: MissingProps) => {
  if (coverage.gaps.length > 0)
    return (
      <>
        <Gaps org={address.org} gaps={coverage.gaps} />
        {isEmpty && <HowToUpload address={address} />}
      </>
    )
  if (isEmpty) return <HowToUpload address={address} />
  return (
    <p className="inline-empty">
      {coverage.frames === 0
        ? 'No recent event has frames of your own code.'
        : 'Every frame of the newest events leads to its source.'}
    </p>
  )
}
