import { createHash } from 'node:crypto'

/** A way by which an issue is known, as grouping made it. */
export interface KnownBy {
  variant: string
  parts: readonly string[]
}

const FEATURES = 24
const WORDS = 12

const shorten = (feature: string): string => createHash('sha256').update(feature).digest('base64url').slice(0, 12)

// Frames are a file and a function; types of errors have no blank in them.
const framesOf = (parts: readonly string[]): string[] =>
  parts.filter((part) => part.includes(' ')).map((part) => `frame ${part}`)

const wordsOf = (parts: readonly string[]): string[] => {
  const words =
    parts
      .join(' ')
      .toLowerCase()
      .match(/[\p{L}\p{N}_$.-]{4,60}/gu) ?? []
  return [...new Set(words)].slice(0, WORDS).map((word) => `word ${word}`)
}

/** What another issue may have in common with one: frames of its own code, or words of its message. */
export const featuresOf = ({ variant, parts }: KnownBy): string[] => {
  const found = variant === 'frames' ? framesOf(parts) : wordsOf(parts)
  return [...new Set(found)].slice(-FEATURES).map(shorten)
}
