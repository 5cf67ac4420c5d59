// What GitHub, GitLab and Sentry all read (checked 2026-11): `Fixes SHOP-12`, `closes SHOP-1, SHOP-2 and SHOP-3`.
const CLOSING =
  /\b(?:fix(?:e[sd])?|close[sd]?|resolve[sd]?)\b:?\s{1,5}((?:[A-Z][\w-]{0,60}-\d{1,9}(?:,\s{0,5}|\s{1,5}and\s{1,5}|\s{1,5}&\s{1,5})?){1,20})/gi
const SHORT_ID = /([A-Z][\w-]{0,60})-(\d{1,9})/gi

export interface ShortId {
  slug: string
  number: number
}

/** The issues that a commit's message says it fixes, by their short IDs. */
export const issuesFixedBy = (message: string): ShortId[] => {
  const found = new Map<string, ShortId>()
  for (const [, list = ''] of message.slice(0, 10_000).matchAll(CLOSING))
    for (const [text, slug = '', number] of list.matchAll(SHORT_ID))
      found.set(text.toUpperCase(), { slug: slug.toLowerCase(), number: Number(number) })
  return [...found.values()]
}
