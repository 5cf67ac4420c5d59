import { withoutMentions } from '../../alerts/plain-text.ts'

/** Titles are plain text everywhere, but some look for mentions and references in them. */
export const plainTitle = (title: string): string =>
  withoutMentions(title).replaceAll(/[#!~&%$](?=[\w"'])/g, '$&\u200B')
