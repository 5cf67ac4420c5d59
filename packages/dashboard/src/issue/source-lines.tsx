import { lazy, Suspense, type ReactNode } from 'react'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { languageOf } from './language.ts'
import './source.css'

// The highlighter is several times the size of this page; the lines are readable until it is there.
const HighlightedLines = lazy(() => import('./highlighted-lines.tsx'))

interface SourceLinesProps {
  lines: [number, string][]
  failingLine: number | null
  filename: string | null
}

/** Lines of the original source around the failing one. */
export const SourceLines = ({ lines, failingLine, filename }: SourceLinesProps) => {
  const show = (contents: ReactNode[]) => (
    <ol className="source-lines">
      {lines.map(([number], position) => (
        <SourceLine key={number} number={number} isFailing={number === failingLine}>
          {contents[position]}
        </SourceLine>
      ))}
    </ol>
  )
  const texts = lines.map(([, text]) => text)
  return (
    <ScrollArea className="source" label={`Source of ${filename ?? 'this frame'}`}>
      <Suspense fallback={show(texts)}>
        <HighlightedLines texts={texts} language={languageOf(filename)} show={show} />
      </Suspense>
    </ScrollArea>
  )
}

interface SourceLineProps {
  number: number
  isFailing: boolean
  children: ReactNode
}

/** In a box that scrolls, the failing line is what is in sight first. */
const centre = (line: HTMLElement | null): void => {
  const box = line?.closest('.source')
  if (line && box) box.scrollTop = line.offsetTop - box.clientHeight / 2
}

const SourceLine = ({ number, isFailing, children }: SourceLineProps) => (
  <li
    className={isFailing ? 'source-line source-line-failing' : 'source-line'}
    value={number}
    {...(isFailing && { ref: centre })}
  >
    <span className="source-number" aria-hidden="true">
      {number}
    </span>
    {isFailing && <span className="visually-hidden">Failing line: </span>}
    <code className="source-text">{children}</code>
  </li>
)
