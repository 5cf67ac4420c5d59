import type { FrameJson } from '@foghorn/server'
import { EditorIcon, RepositoryIcon } from '../ui/icons.tsx'
import { fillLinks } from './source-links.ts'
import { placeOf } from './stack.ts'
import { useStackPlace } from './stack-place.ts'

/** Opens a frame's file where the project says that it is. */
export const FrameLinks = ({ frame }: { frame: FrameJson }) => {
  const place = useStackPlace()
  if (!place) return null
  const { repository, editor } = fillLinks(place.links, frame, place.version)
  return (
    <>
      {repository && (
        <a
          href={repository}
          className="icon-button"
          target="_blank"
          rel="noopener noreferrer"
          aria-label={`Open ${placeOf(frame)} in the repository`}
          title="Open in the repository"
        >
          <RepositoryIcon />
        </a>
      )}
      {editor && (
        <a
          href={editor}
          className="icon-button"
          rel="noopener noreferrer"
          aria-label={`Open ${placeOf(frame)} in the editor`}
          title="Open in the editor"
        >
          <EditorIcon />
        </a>
      )}
    </>
  )
}
