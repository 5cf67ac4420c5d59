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

/** What is done about a ticket when its issue is resolved or comes back. */
export const actionsOf = (
  event: 'resolved' | 'back',
  state: 'open' | 'closed',
  { resolved, back }: Reactions,
): ('comment' | 'close' | 'reopen')[] => {
  if (event === 'resolved') {
    if (state === 'closed' || resolved === 'nothing') return []
    return resolved === 'close' ? ['comment', 'close'] : ['comment']
  }
  if (back === 'nothing') return []
  return state === 'closed' && back === 'reopen' ? ['reopen', 'comment'] : ['comment']
}
