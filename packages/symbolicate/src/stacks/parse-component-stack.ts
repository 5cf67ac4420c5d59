import type { RawFrame } from '../frames/frame.ts'
import { parseFrameLine } from './frame-line.ts'

/**
 * Reads a React component stack into frames, innermost component first. Elements of the page ("at div") and React's own
 * wrappers ("at Suspense") have no position and stay as names.
 */
export const parseComponentStack = (stack: string): RawFrame[] => {
  const frames: RawFrame[] = []
  for (const line of stack.split('\n')) {
    const text = line.trim()
    if (text === '') continue
    const parsed = parseFrameLine(text)
    if (parsed) frames.push(parsed.frame)
    else {
      // "at div", "in App (created by Root)" of React 16, or a bare name in Firefox and Safari.
      const name = /^(?:at |in )?([^\s(@]+)(?: \(.*\))?$/.exec(text)?.[1]
      if (name !== undefined) frames.push({ function: name })
    }
  }
  return frames
}
