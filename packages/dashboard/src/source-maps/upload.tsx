import type { ArtifactBundleJson } from '@foghorn/server'
import { useState } from 'react'
import { formatBytes } from '../figures/units.ts'
import type { ProjectAddress } from '../projects/address.ts'
import { Age } from '../ui/age.tsx'
import { ChevronIcon } from '../ui/icons.tsx'
import { counted } from '../ui/numbers.ts'
import { Removal } from '../ui/removal.tsx'
import { UploadDetails } from './upload-details.tsx'
import { useRemoval } from './uploads-query.ts'

interface UploadProps {
  address: ProjectAddress
  bundle: ArtifactBundleJson
  onRelease: (release: string) => void
}

/** One upload: when, of what release, of what use; its files on demand. */
export const Upload = ({ address, bundle, onRelease }: UploadProps) => {
  const [isOpen, setOpen] = useState(false)
  const removal = useRemoval(address, { bundleId: bundle.bundleId })
  const { bundleId, date } = bundle
  return (
    <>
      <div className="upload">
        <button
          type="button"
          className="icon-button upload-toggle"
          aria-expanded={isOpen}
          aria-label={`Files of upload ${bundleId}`}
          onClick={() => setOpen(!isOpen)}
        >
          <ChevronIcon />
        </button>
        <div className="upload-what">
          <p>
            Upload {bundleId}, <Age date={date} />
          </p>
          <UploadNotes bundle={bundle} onRelease={onRelease} />
        </div>
        <Removal action={`Delete upload ${bundleId}`} shown="Delete" removal={removal}>
          <p>Events that it resolved become minified again.</p>
        </Removal>
      </div>
      {isOpen && <UploadDetails address={address} bundleId={bundleId} />}
    </>
  )
}

const UploadNotes = ({ bundle, onRelease }: Pick<UploadProps, 'bundle' | 'onRelease'>) => {
  const { associations, fileCount, size, lastUsed, eventsResolved } = bundle
  const [{ release, dist } = { release: null, dist: null }] = associations
  return (
    <p className="gap-notes">
      {release === null ? (
        <span>no release</span>
      ) : (
        <button type="button" className="link-button untrusted" onClick={() => onRelease(release)}>
          {release}
        </button>
      )}
      {dist !== null && <span className="untrusted">dist {dist}</span>}
      <span>{counted(fileCount, 'file')}</span>
      <span>{formatBytes(size)}</span>
      {lastUsed === null ? (
        <span>never used</span>
      ) : (
        <span>
          resolved {counted(eventsResolved, 'event')}, last <Age date={lastUsed} />
        </span>
      )}
    </p>
  )
}
