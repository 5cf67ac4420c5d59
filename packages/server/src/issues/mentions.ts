// `@ada`, `@ada@example.com`, `#shop` where a word begins; what is written as code mentions nobody.
const MENTION = /(?<![\w@#/.])(?:@[\w.+-]{1,64}(?:@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})?|#[a-z\d][\w-]{0,63})/gi
const CODE = /```[^]*?(?:```|$)|`[^`\n]*`/g

export interface Mention {
  type: 'user' | 'team'
  /** What stands behind the sign. */
  name: string
}

const MENTIONS = 50

/** Whom a comment speaks to, each once. */
export const mentionsIn = (text: string): Mention[] => {
  const found = new Map<string, Mention>()
  for (const [mention] of text.replaceAll(CODE, ' ').matchAll(MENTION)) {
    const name = mention.slice(1).replace(/[.+-]+$/, '')
    found.set(`${mention[0]}${name.toLowerCase()}`, { type: mention[0] === '@' ? 'user' : 'team', name })
  }
  return [...found.values()].slice(0, MENTIONS)
}
