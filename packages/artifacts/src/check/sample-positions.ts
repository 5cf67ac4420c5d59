import { readTrailingComments } from '../trailing-comments.ts'

/** Line and column, counted from 1. */
export type Position = [line: number, column: number]

const SAMPLES = 100
// What errors point at: calls and member accesses.
const CALL = /[\w$]+(?=\()|(?<=\.)[\w$]+/g
const SNIPPET = /;?!function\(\)\{try\{[^{}]{0,400}[^]{0,400}?_sentryDebugIds[^]{0,600}?catch\(?\w?\)?\{\}\}\(\);?/

const codeOf = (script: string): string => {
  const comments = Object.values(readTrailingComments(script)).map(({ start }: { start: number }) => start)
  return script.slice(0, Math.min(script.length, ...comments))
}

/** The part of a script that tools have added has no source: spaces keep the columns. */
const withoutSnippet = (code: string): string => code.replace(SNIPPET, (snippet) => snippet.replaceAll(/[^\n]/g, ' '))

const toPosition = (code: string, offset: number): Position => {
  const before = code.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return [before.split('\n').length, offset - lineStart + 1]
}

/** Places all over a script at which an error could happen. */
export const samplePositions = (script: string): Position[] => {
  const code = withoutSnippet(codeOf(script.replace(/^\uFEFF/, '')))
  const offsets = [...code.matchAll(CALL)].map((match) => match.index)
  const step = Math.max(1, offsets.length / SAMPLES)
  const count = Math.min(SAMPLES, offsets.length)
  return Array.from({ length: count }, (_, index) => toPosition(code, offsets[Math.floor(index * step)]!))
}
