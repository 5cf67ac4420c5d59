import { currentClient } from './api.ts'
import type { SessionOrder } from './sessions.ts'

const give = (order: SessionOrder['order']): void => currentClient()?.send({ type: 'session', payload: { order } })

/** Ends the session, if there is one, and starts another: after a login, or at a route that counts as a new visit. */
export const startSession = (): void => give('start')

/** Ends the session. Later errors belong to none. */
export const endSession = (): void => give('end')

/** Sends how the session stands; with `true` it ends. */
export const captureSession = (end = false): void => give(end ? 'end' : 'send')
