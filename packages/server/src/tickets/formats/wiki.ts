import type { Block } from '../draft.ts'

// What Jira's wiki markup begins with, mentions (`[~name]`) included.
const ACTIVE = /[\\{}[\]*_+\-^~!|#?]/g

const escapeWiki = (text: string): string =>
  text.replaceAll(ACTIVE, String.raw`\$&`).replace(/^(?:h[1-6]|bq)(?=\.)/, '$&\u200B')

/** Nothing in the text ends the block. */
const preformatted = (text: string): string => `{noformat}\n${text.replaceAll('{', '{\u200B')}\n{noformat}`

const wikiOf = (block: Block): string => {
  if (block.type === 'code') return preformatted(block.text)
  if (block.type === 'link') return `[${escapeWiki(block.text)}|${encodeURI(block.url)}]`
  if (block.type === 'text') return escapeWiki(block.text)
  return block.facts.map(([name, value]) => `* *${name}*: ${escapeWiki(value)}`).join('\n')
}

/** Text for Jira on one's own server. The marker is its last line: searching finds it there. */
export const toWiki = (body: readonly Block[], marker?: string): string =>
  [...body.map(wikiOf), ...(marker === undefined ? [] : [marker])].join('\n\n')
