import { useMemo, type ReactNode } from 'react'
import { highlightLines, type Token } from './highlight.ts'
import type { Language } from './language.ts'

interface HighlightedLinesProps {
  texts: string[]
  language: Language
  show: (contents: ReactNode[]) => ReactNode
}

const showToken = ({ text, kind }: Token, position: number): ReactNode =>
  kind === undefined ? (
    text
  ) : (
    <span key={position} className={`token-${kind}`}>
      {text}
    </span>
  )

/** Loaded on first need, with the highlighter. */
const HighlightedLines = ({ texts, language, show }: HighlightedLinesProps) => {
  const source = texts.join('\n')
  const lines = useMemo(() => highlightLines(source.split('\n'), language), [source, language])
  return show(lines.map((tokens) => tokens.map(showToken)))
}

export default HighlightedLines
