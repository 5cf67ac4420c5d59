/** Where a walk over stored rows has come to; undefined once it is through. */
export type FrameCursor = number | undefined

/**
 * Resolved frames are stored once, however many events show them; here are those found that no event shows any more. Days
 * are counted from 1970: a frame bears the last day on which it was known to be shown.
 */
export interface FrameStore {
  /** One step through all events: notes that their frames are shown on this day. Starts at 0. */
  markShown(from: number, day: number): Promise<FrameCursor>
  /** One step through all frames: deletes those last shown before this day. Starts at 0. */
  deleteUnshown(from: number, day: number): Promise<FrameCursor>
}
