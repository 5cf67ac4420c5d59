import { LEVELS } from '@foghorn/protocol'
import * as v from 'valibot'

const text = (limit: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limit))

const Matcher = v.pipe(
  v.object({
    /** What of the event is compared. `file` and `function` look at each frame, `tag` at the tag named. */
    on: v.picklist(
      ['type', 'value', 'file', 'function', 'url', 'tag'],
      'must be type, value, file, function, url or tag',
    ),
    tag: v.optional(text(200)),
    /** `*` stands for any characters; case does not count. */
    pattern: text(500),
    /** Holds when nothing matches. Default: false. */
    negated: v.optional(v.boolean()),
  }),
  v.check(({ on, tag }) => (on === 'tag') === (tag !== undefined), 'needs "tag" when "on" is tag, and only then'),
)

const Action = v.object({
  /** Makes an issue of what matches; `{{ default }}` stands for what the stack or message gives. */
  fingerprint: v.optional(v.pipe(v.array(text(256)), v.minLength(1), v.maxLength(16))),
  /** Whether frames that match `file` and `function` are your own code. */
  inApp: v.optional(v.boolean()),
  level: v.optional(v.picklist(LEVELS, 'must be a level')),
  /** New events that match are counted and not kept. */
  drop: v.optional(v.boolean()),
})

export const GroupingRule = v.object({
  name: text(100),
  /** All of them must hold. */
  matchers: v.pipe(v.array(Matcher), v.minLength(1), v.maxLength(10)),
  action: Action,
})

export const GroupingRules = v.pipe(v.array(GroupingRule), v.maxLength(100))

/** What a project decided about events of a kind. The first rule that holds applies. */
export type GroupingRule = v.InferOutput<typeof GroupingRule>
