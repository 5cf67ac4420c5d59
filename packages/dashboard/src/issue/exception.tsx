import type { ExceptionValueJson, FrameJson } from '@foghorn/server'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { firstOpenFrame, foldFrames, type FrameRun, type Relation, type StackedException } from './stack.ts'
import { FoldedFrames } from './folded-frames.tsx'
import { Frame } from './frame.tsx'
import type { FramePosition } from './issue-query.ts'

const RELATIONS = {
  thrown: undefined,
  cause: 'Caused by',
  member: 'Contains',
} as const satisfies Record<Relation, string | undefined>

export const Exception = ({ item: { exception, relation, position: number } }: { item: StackedException }) => {
  const frames = exception.stacktrace?.frames ?? []
  const openFrame = firstOpenFrame(frames)
  return (
    <article className="exception">
      <header className="exception-head">
        {RELATIONS[relation] && <p className="exception-relation">{RELATIONS[relation]}</p>}
        <h3 className="untrusted">{exception.type ?? 'Unnamed error'}</h3>
        {exception.value && (
          <ScrollArea className="exception-value untrusted" label="Error message">
            {exception.value}
          </ScrollArea>
        )}
        {relation === 'thrown' && <Mechanism exception={exception} />}
      </header>
      {frames.length === 0 ? (
        <NoStack exception={exception} />
      ) : (
        <ol className="frames">
          {foldFrames(frames).map((run, position) => (
            <Run
              key={position}
              run={run}
              openFrame={openFrame}
              positionOf={(frame) => ({ exception: number, frame: frames.indexOf(frame) })}
            />
          ))}
        </ol>
      )}
    </article>
  )
}

const NoStack = ({ exception: { mechanism } }: { exception: ExceptionValueJson }) =>
  mechanism?.type === 'resource' ? (
    <p className="muted stack-none">A file that fails to load leaves no stack.</p>
  ) : (
    <p className="muted stack-none">
      No stack came with it. Throw <code>Error</code> objects, and load scripts of other origins with{' '}
      <code>crossorigin="anonymous"</code>, to get one.
    </p>
  )

interface RunProps {
  run: FrameRun
  openFrame: FrameJson | undefined
  positionOf: (frame: FrameJson) => FramePosition
}

const Run = ({ run, openFrame, positionOf }: RunProps) =>
  run.kind === 'folded' ? (
    <FoldedFrames frames={run.frames} positionOf={positionOf} />
  ) : (
    <Frame frame={run.frame} isOpenAtFirst={run.frame === openFrame} position={positionOf(run.frame)} />
  )

const Mechanism = ({ exception: { mechanism } }: { exception: ExceptionValueJson }) => {
  if (!mechanism) return null
  return (
    <p className="exception-notes">
      {mechanism.handled !== undefined && (
        <span className={mechanism.handled ? 'badge' : 'badge badge-unhandled'}>
          {mechanism.handled ? 'handled' : 'unhandled'}
        </span>
      )}
      {mechanism.type && <span className="muted untrusted">caught by {mechanism.type}</span>}
    </p>
  )
}
