import { readFileSync } from 'node:fs'
import type { FrameJson } from '@foghorn/server'

/** A place in a source file; line and column count from 1. */
export interface Place {
  file: string
  line: number
  column: number
  /** The whole line. */
  text: string
}

/**
 * Finds places in the source files of a folder by what is written there: in `throw ^new Error(` the engine points at `^`.
 * So the truth is taken from the source itself, and an edit of it cannot make a test pass or fail by accident.
 */
export const placesIn =
  (folder: string) =>
  (file: string, marked: string): Place => {
    const source = readFileSync(new URL(`../../${folder}/${file}`, import.meta.url), 'utf8')
    const snippet = marked.replace('^', '')
    const start = source.indexOf(snippet)
    if (start < 0 || source.includes(snippet, start + 1)) {
      throw new Error(`${folder}/${file} must hold "${snippet}" exactly once. Change the file or the snippet.`)
    }
    const before = source.slice(0, start + marked.indexOf('^')).split('\n')
    const line = before.length
    return { file, line, column: (before.at(-1) as string).length + 1, text: source.split('\n')[line - 1] as string }
  }

/** A frame as a person reads it: its file without whatever folder the build ran in, and the source line. */
export const readable = (frame: FrameJson, file: string) => ({
  file: `/${frame.filename}`.endsWith(`/${file}`) ? file : frame.filename,
  line: frame.lineNo,
  column: frame.colNo,
  text: frame.context.find(([line]) => line === frame.lineNo)?.[1],
  function: frame.function,
  status: frame.resolution.status,
})
