import type { FrameJson } from '@foghorn/server'
import { useState } from 'react'
import { ChevronIcon } from '../ui/icons.tsx'
import { counted } from '../ui/numbers.ts'
import { Frame } from './frame.tsx'
import type { FramePosition } from './issue-query.ts'

interface FoldedFramesProps {
  frames: FrameJson[]
  positionOf: (frame: FrameJson) => FramePosition
}

/** A run of library frames behind one line. */
export const FoldedFrames = ({ frames, positionOf }: FoldedFramesProps) => {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <li className="frame frame-fold">
        <button type="button" className="frame-toggle" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          <ChevronIcon />
          {counted(frames.length, 'frame')} of libraries
        </button>
      </li>
      {isOpen &&
        frames.map((frame, position) => (
          <Frame key={position} frame={frame} isOpenAtFirst={false} position={positionOf(frame)} />
        ))}
    </>
  )
}
