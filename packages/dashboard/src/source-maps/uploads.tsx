import { useInfiniteQuery } from '@tanstack/react-query'
import type { ProjectAddress } from '../projects/address.ts'
import { FilterInput } from '../ui/filter-input.tsx'
import { Removal } from '../ui/removal.tsx'
import { useSearchText } from '../figures/use-search-text.ts'
import { Failure, Skeleton } from '../ui/states.tsx'
import { Upload } from './upload.tsx'
import { type Narrowed, uploadsQuery, useRemoval } from './uploads-query.ts'

interface UploadsProps {
  address: ProjectAddress
  narrowed: Narrowed
  onSearch: (query: string) => void
  onRelease: (release: string) => void
}

/** What was uploaded, whether it was of use, and what can go. */
export const Uploads = ({ address, narrowed, onSearch, onRelease }: UploadsProps) => {
  const [text, setText] = useSearchText(narrowed.query, onSearch)
  return (
    <section className="panel" aria-labelledby="uploads">
      <div className="panel-head">
        <h2 id="uploads">Uploads</h2>
        <FilterInput
          label="Uploads with this release, address or debug ID"
          placeholder="Release, address or debug ID"
          text={text}
          onText={setText}
          className="source-maps-search"
        />
      </div>
      {narrowed.release !== undefined && <RemoveRelease address={address} release={narrowed.release} />}
      <UploadList address={address} narrowed={narrowed} onRelease={onRelease} />
    </section>
  )
}

const RemoveRelease = ({ address, release }: { address: ProjectAddress; release: string }) => {
  const removal = useRemoval(address, { release })
  return (
    <div className="figures-toolbar">
      <Removal action={`Delete all uploads of ${release}`} shown="Delete all uploads" removal={removal}>
        <p>Events that they resolved become minified again.</p>
      </Removal>
    </div>
  )
}

const UploadList = ({ address, narrowed, onRelease }: Omit<UploadsProps, 'onSearch'>) => {
  const list = useInfiniteQuery(uploadsQuery(address, narrowed))
  if (list.isPending) return <Skeleton lines={5} label="Loading uploads" />
  if (list.isError) return <Failure error={list.error} onRetry={() => void list.refetch()} />
  const bundles = list.data.pages.flatMap(({ items }) => items)
  if (bundles.length === 0)
    return (
      <p className="inline-empty">
        {narrowed.release === undefined && narrowed.query === undefined
          ? 'Nothing was uploaded yet.'
          : 'No upload matches.'}
      </p>
    )
  return (
    <>
      <ul className="uploads">
        {bundles.map((bundle) => (
          <li key={bundle.bundleId}>
            <Upload address={address} bundle={bundle} onRelease={onRelease} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <button type="button" className="button button-small" onClick={() => void list.fetchNextPage()}>
          Show more
        </button>
      )}
    </>
  )
}
