// Everything of an event can be written by anybody. What reorders or hides text, breaks lines, or calls for people is taken out.

// Control characters, marks that reorder text or have no width, separators of lines.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu

const ELLIPSIS = '…'

/** One line of at most so many characters, without what acts on the text around it. */
export const plainLine = (text: string, limit: number): string => {
  const line = text.replaceAll(UNSAFE, ' ').trim()
  if (line.length <= limit) return line
  // Half of a pair of surrogates is no text.
  return `${line.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}${ELLIPSIS}`
}

/** Calls nobody: chats take `@` and a name for a mention, wherever it stands. */
export const withoutMentions = (text: string): string => text.replaceAll('@', '@\u200B').replaceAll('<!', '<\u200B!')

/** As it is, where Markdown is read. */
export const escapeMarkdown = (text: string): string => text.replaceAll(/[\\`*_{}[\]()<>#+\-.!|~]/g, String.raw`\$&`)

/** As it is, where Slack reads its own markup. */
export const escapeSlack = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

export const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
