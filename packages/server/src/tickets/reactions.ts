import * as v from 'valibot'

/** What becomes of tickets by what becomes of issues, and the other way round. */
export const Reactions = v.object({
  /** An issue is resolved. */
  resolved: v.optional(v.picklist(['close', 'comment', 'nothing'], 'must be close, comment or nothing'), 'close'),
  /** An issue that was resolved comes back. */
  back: v.optional(v.picklist(['reopen', 'comment', 'nothing'], 'must be reopen, comment or nothing'), 'reopen'),
  /** A ticket is closed: the issue is resolved. Opened again: so is the issue. */
  closed: v.optional(v.picklist(['resolve', 'nothing'], 'must be resolve or nothing'), 'resolve'),
})

export type Reactions = v.InferOutput<typeof Reactions>
