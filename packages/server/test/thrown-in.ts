import { errorEvent, newEventId, type TestEvent } from './harness.ts'

/** An uncaught error of a file's own, with one frame in it. */
export const thrownIn = (filename: string, fields: TestEvent = {}): TestEvent =>
  errorEvent({
    event_id: newEventId(),
    exception: {
      values: [
        {
          type: 'TypeError',
          value: `broken in ${filename}`,
          stacktrace: { frames: [{ filename, function: 'n', lineno: 1, colno: 20, in_app: true }] },
        },
      ],
    },
    ...fields,
  })
