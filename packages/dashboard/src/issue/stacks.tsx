import type { ExceptionValueJson } from '@foghorn/server'
import { useState, type ReactNode } from 'react'
import { CopyButton } from '../ui/copy-button.tsx'
import { Exception } from './exception.tsx'
import { RawStack } from './raw-stack.tsx'
import { ResolutionNotice } from './resolution-notice.tsx'
import { Section } from './section.tsx'
import { stackText, thrownFirst } from './stack.ts'
import './stack.css'

/** The stacks of an event: of what was thrown first, then of its causes. */
export const Stacks = ({ exceptions, tools }: { exceptions: ExceptionValueJson[]; tools?: ReactNode }) => {
  const [showsMinified, setShowsMinified] = useState(false)
  const stacked = thrownFirst(exceptions)
  const hasRaw = exceptions.some((exception) => exception.rawStacktrace !== null)
  return (
    <Section
      title="Stack"
      tools={
        <>
          {hasRaw && (
            <button
              type="button"
              className="button button-small"
              aria-pressed={showsMinified}
              onClick={() => setShowsMinified(!showsMinified)}
            >
              Minified stack
            </button>
          )}
          {tools}
          <CopyButton text={stackText(stacked)} label="Copy stack" />
        </>
      }
    >
      <ResolutionNotice exceptions={exceptions} />
      {stacked.map((item) => (
        <div key={item.position} className={showsMinified ? 'stack stack-pair' : 'stack'}>
          <Exception item={item} />
          {showsMinified && <RawStack exception={item.exception} />}
        </div>
      ))}
    </Section>
  )
}
