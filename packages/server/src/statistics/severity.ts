import type { SessionStatus } from '../ports/figures.ts'

/** How bad a session ended: it never gets better than it was. */
export const SEVERITY: Record<SessionStatus, number> = { ok: 0, errored: 1, abnormal: 2, crashed: 3 }
