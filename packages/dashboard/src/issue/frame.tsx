import type { FrameJson } from '@foghorn/server'
import { useId, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { CopyButton } from '../ui/copy-button.tsx'
import { ChevronIcon } from '../ui/icons.tsx'
import { SourceLines } from './source-lines.tsx'
import { Findings } from './findings.tsx'
import { FrameLinks } from './frame-links.tsx'
import { sourceLinesQuery, type FramePosition } from './issue-query.ts'
import { functionOf, placeOf } from './stack.ts'
import { useStackPlace } from './stack-place.ts'
import { findingsOf } from './unresolved.ts'

interface FrameProps {
  frame: FrameJson
  isOpenAtFirst: boolean
  /** Absent for frames that stand in no stack of an exception. */
  position?: FramePosition | undefined
}

export const Frame = ({ frame, isOpenAtFirst, position }: FrameProps) => {
  const [isOpen, setIsOpen] = useState(isOpenAtFirst)
  const detailsId = useId()
  const isUnresolved = frame.resolution.status === 'unresolved'
  const hasDetails = frame.context.length > 0 || isUnresolved
  return (
    <li className={frame.inApp ? 'frame frame-app' : 'frame'}>
      <div className="frame-head">
        {hasDetails ? (
          <button
            type="button"
            className="frame-toggle"
            aria-expanded={isOpen}
            aria-controls={detailsId}
            onClick={() => setIsOpen(!isOpen)}
          >
            <ChevronIcon />
            <FrameName frame={frame} />
          </button>
        ) : (
          <p className="frame-toggle">
            <FrameName frame={frame} />
          </p>
        )}
        {isUnresolved && <span className="badge badge-unresolved-frame">minified</span>}
        <FrameLinks frame={frame} />
        <CopyButton text={placeOf(frame)} label={`Copy ${placeOf(frame)}`} look="icon" />
      </div>
      {hasDetails && (
        <div id={detailsId} hidden={!isOpen}>
          {isOpen && <FrameDetails frame={frame} position={position} />}
        </div>
      )}
    </li>
  )
}

const FrameName = ({ frame }: { frame: FrameJson }) => (
  <span className="frame-name untrusted">
    <span className="frame-function">{functionOf(frame)}</span>{' '}
    <span className="frame-place" title={frame.absPath ?? undefined}>
      {placeOf(frame)}
    </span>
  </span>
)

const FrameDetails = ({ frame, position }: Omit<FrameProps, 'isOpenAtFirst'>) => {
  const { context, resolution } = frame
  return (
    <>
      {resolution.status === 'unresolved' && (
        <div className="frame-advice">
          <strong>Why not resolved:</strong> {resolution.advice ?? 'The reason was not recorded.'}{' '}
          {resolution.reason && <code>{resolution.reason}</code>}
          <Findings findings={findingsOf(resolution)} />
        </div>
      )}
      {context.length > 0 && <FrameSource frame={frame} position={position} />}
    </>
  )
}

/** The lines that came with the event, and more of them when somebody wants to read on. */
const FrameSource = ({
  frame: { context, lineNo, filename, resolution },
  position,
}: Omit<FrameProps, 'isOpenAtFirst'>) => {
  const [wantsMore, setWantsMore] = useState(false)
  const place = useStackPlace()
  const canAsk = place !== undefined && position !== undefined && resolution.status === 'resolved'
  const more = useQuery({
    ...sourceLinesQuery(place ?? { org: '', project: '', eventId: '' }, position ?? { exception: 0, frame: 0 }),
    enabled: canAsk && wantsMore,
  })
  const lines = (wantsMore && more.data?.lines.length ? more.data.lines : context) as [number, string][]
  const isMissing = more.data?.lines.length === 0
  return (
    <>
      <SourceLines lines={lines} failingLine={lineNo} filename={filename} />
      {canAsk && (
        <p className="source-more">
          <button
            type="button"
            className="button button-small"
            aria-pressed={wantsMore}
            onClick={() => setWantsMore(!wantsMore)}
          >
            More lines
          </button>
          {wantsMore && isMissing && <span className="muted">The source map is no longer here.</span>}
          {more.error && <span className="form-error">{more.error.message}</span>}
        </p>
      )}
    </>
  )
}
