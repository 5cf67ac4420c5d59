import type { ExceptionValueJson } from '@foghorn/server'
import { CopyButton } from '../ui/copy-button.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { frameText, headingOf } from './stack.ts'

/** The stack as the browser sent it. */
export const RawStack = ({ exception }: { exception: ExceptionValueJson }) => {
  const frames = exception.rawStacktrace?.frames ?? []
  const text = [headingOf(exception), ...frames.toReversed().map(frameText)].join('\n')
  return (
    <div className="raw-stack">
      <div className="raw-stack-head">
        <h3>As the browser sent it</h3>
        <CopyButton text={text} label="Copy minified stack" look="icon" />
      </div>
      <ScrollArea className="raw-stack-text" label="Minified stack">
        <pre className="untrusted">{text}</pre>
      </ScrollArea>
    </div>
  )
}
