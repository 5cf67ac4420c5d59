import type { DebugImage, StackFrame } from '@foghorn/protocol'
import { crashFile, parseStack } from './stack.ts'

// Build tools put a line into each script that stores the script's debug ID under the text of a stack made there
// (`_sentryDebugIds`); `_debugIds` is the same under the name that newer tools use (checked 2026-11).
interface Registries {
  _sentryDebugIds?: Record<string, string>
  _debugIds?: Record<string, string>
}

/** Tells the debug IDs of the scripts that the frames name. Each registered stack is parsed once. */
export const createDebugIds = (): ((frames: StackFrame[]) => DebugImage[]) => {
  const files = new Map<string, string | undefined>()
  return (frames) => {
    const { _sentryDebugIds, _debugIds } = globalThis as Registries
    return Object.entries({ ..._sentryDebugIds, ..._debugIds }).flatMap(([stack, debug_id]) => {
      if (!files.has(stack)) files.set(stack, crashFile(parseStack(stack)))
      const code_file = files.get(stack)
      const isUsed = code_file && frames.some((frame) => frame.filename === code_file)
      return isUsed ? [{ type: 'sourcemap', code_file, debug_id }] : []
    })
  }
}
