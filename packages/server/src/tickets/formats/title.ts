import { withoutMentions } from '../../alerts/plain-text.ts'

// All of them take that many.
const TITLE_CHARS = 250

/** Titles are plain text everywhere, but some look for mentions and references in them. */
export const plainTitle = (title: string): string => {
  const harmless = withoutMentions(title).replaceAll(/[#!~&%$](?=[\w"'])/g, '$&\u200B')
  return harmless.length <= TITLE_CHARS ? harmless : harmless.slice(0, TITLE_CHARS).replace(/[\uD800-\uDBFF]$/, '')
}
