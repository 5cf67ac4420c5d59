import type { Emit, Stop } from '@foghorn/browser'
import { version } from 'react'

/**
 * React 18's development build runs what may fail within an event of its own, so that debuggers stop there
 * (`invokeGuardedCallback`, gone in React 19). The window hears of a failure then, and React tells its boundaries
 * afterwards, or throws it again where no boundary is.
 */
const isRehearsal = (): boolean => new Error().stack?.includes('invokeGuardedCallbackDev') === true

/** Leaves a failure to those who hear of it next. */
export const skipRehearsals = (emit: Emit): Stop => {
  const { capture } = emit
  if (version.startsWith('18.'))
    emit.capture = (...heard) => (heard[0].by === 'onerror' && isRehearsal() ? '' : capture(...heard))
  return () => {
    emit.capture = capture
  }
}
