import { useState } from 'react'
import { SourceLinksDialog } from './source-links-dialog.tsx'
import { useStackPlace } from './stack-place.ts'

/** Says where the files of stacks are opened. */
export const StackTools = () => {
  const [isOpen, setOpen] = useState(false)
  const place = useStackPlace()
  if (!place?.links) return null
  return (
    <>
      <button type="button" className="button button-small" onClick={() => setOpen(true)}>
        Source links…
      </button>
      {isOpen && <SourceLinksDialog address={place} links={place.links} onClose={() => setOpen(false)} />}
    </>
  )
}
