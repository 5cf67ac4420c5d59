import type { FrameJson } from '@foghorn/server'
import { useId, useState } from 'react'
import { CopyButton } from '../ui/copy-button.tsx'
import { ChevronIcon } from '../ui/icons.tsx'
import { SourceLines } from './source-lines.tsx'
import { Findings } from './findings.tsx'
import { functionOf, placeOf } from './stack.ts'
import { findingsOf } from './unresolved.ts'

interface FrameProps {
  frame: FrameJson
  isOpenAtFirst: boolean
}

export const Frame = ({ frame, isOpenAtFirst }: FrameProps) => {
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
        <CopyButton text={placeOf(frame)} label={`Copy ${placeOf(frame)}`} look="icon" />
      </div>
      {hasDetails && (
        <div id={detailsId} hidden={!isOpen}>
          {isOpen && <FrameDetails frame={frame} />}
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

const FrameDetails = ({ frame: { context, lineNo, filename, resolution } }: { frame: FrameJson }) => (
  <>
    {resolution.status === 'unresolved' && (
      <div className="frame-advice">
        <strong>Why not resolved:</strong> {resolution.advice ?? 'The reason was not recorded.'}{' '}
        {resolution.reason && <code>{resolution.reason}</code>}
        <Findings findings={findingsOf(resolution)} />
      </div>
    )}
    {context.length > 0 && <SourceLines lines={context} failingLine={lineNo} filename={filename} />}
  </>
)
