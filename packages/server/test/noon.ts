/** Where the clock of a test stands when it begins. */
export const NOON = Date.parse('2026-11-21T12:00:00Z')
