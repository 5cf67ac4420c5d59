import type { FrameJson } from '@foghorn/server'
import { CopyButton } from '../ui/copy-button.tsx'
import { Frame } from './frame.tsx'
import { Section } from './section.tsx'
import { frameText, functionOf } from './stack.ts'

/**
 * Of minified React, only what has a place has a name; elements of the page have neither. Of other frameworks, which know
 * no places, all names are shown.
 */
const worthShowing = (components: readonly FrameJson[]): readonly FrameJson[] => {
  const placed = components.filter(({ lineNo }) => lineNo !== null)
  return placed.length > 0 ? placed : components
}

const textOf = (frame: FrameJson): string => (frame.lineNo === null ? `    at ${functionOf(frame)}` : frameText(frame))

/** Where in the tree of components it failed: the one that failed on top. */
export const ComponentTrail = ({ components }: { components: readonly FrameJson[] }) => {
  const trail = worthShowing(components)
  if (trail.length === 0) return null
  return (
    <Section title="Components" tools={<CopyButton text={trail.map(textOf).join('\n')} label="Copy components" />}>
      <ol className="frames">
        {trail.map((frame, position) =>
          frame.lineNo === null ? (
            <li key={position} className="frame frame-app">
              <p className="frame-toggle untrusted">{functionOf(frame)}</p>
            </li>
          ) : (
            <Frame key={position} frame={frame} isOpenAtFirst={false} />
          ),
        )}
      </ol>
    </Section>
  )
}
