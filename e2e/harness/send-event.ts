import { expect } from '@playwright/test'

/** Sends an event as a client would, with further items of the same envelope if there are any. */
export const sendEvent = async (
  dsn: string,
  event: Record<string, unknown>,
  items: readonly object[] = [],
): Promise<string> => {
  const { origin, username, pathname } = new URL(dsn)
  const eventId = crypto.randomUUID().replaceAll('-', '')
  const lines = [
    { event_id: eventId },
    { type: 'event' },
    { event_id: eventId, platform: 'javascript', ...event },
    ...items,
  ]
  const body = lines.map((line) => JSON.stringify(line)).join('\n')
  const response = await fetch(`${origin}/api${pathname}/envelope/?sentry_key=${username}`, { method: 'POST', body })
  expect(response.status).toBe(200)
  return eventId
}

/** An error that is an issue of its own by its type. */
export const errorOf = (type: string, fields: Record<string, unknown> = {}) => ({
  level: 'error',
  timestamp: Date.now() / 1000,
  exception: {
    values: [
      {
        type,
        value: `${type} went off`,
        stacktrace: {
          frames: [{ filename: `https://shop.test/${type}.js`, function: 'f', lineno: 1, colno: 2, in_app: true }],
        },
      },
    ],
  },
  ...fields,
})
