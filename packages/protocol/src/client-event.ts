import type { EventPayload, ExceptionValue, Level } from './event.ts'

type Required = 'event_id' | 'timestamp' | 'platform' | 'level'

/** What our own SDK puts on the wire: an event as it will be read, every part but these optional. */
export interface ClientEvent extends Partial<Omit<EventPayload, Required | 'exception' | 'tags'>> {
  event_id: string
  /** Seconds since 1970. */
  timestamp: number
  platform: 'javascript'
  level: Level
  exception?: { values: ExceptionValue[] }
  tags?: Record<string, string | number | boolean>
}
