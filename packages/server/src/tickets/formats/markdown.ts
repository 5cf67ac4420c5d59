import type { Block } from '../draft.ts'

// Signs that Markdown, GitHub's references, GitLab's quick actions and formulas begin with.
const ACTIVE = /[\\`*_{}[\]()<>#+\-.!|~&$/^%=]/g

/** As it is. Mentions and references are looked for in what was rendered, so they need more than a backslash. */
const escapeText = (text: string): string =>
  text
    .replaceAll(ACTIVE, String.raw`\$&`)
    .replaceAll('@', '@\u200B')
    .replaceAll(/[#!~&%$](?=[\w"'])/g, '$&\u200B')

const longestRun = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))

/** A fence that is longer than any in the text, so that nothing in it ends the code. */
const fenced = (text: string): string => {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}\n${text}\n${fence}`
}

const markdownOf = (block: Block): string => {
  if (block.type === 'code') return fenced(block.text)
  if (block.type === 'link') return `[${escapeText(block.text)}](${encodeURI(block.url)})`
  if (block.type === 'text') return escapeText(block.text)
  return block.facts.map(([name, value]) => `- **${name}**: ${escapeText(value)}`).join('\n')
}

/** Text for GitHub, GitLab and Linear. The marker is a comment that is not shown. */
export const toMarkdown = (body: readonly Block[], marker?: string): string =>
  [...body.map(markdownOf), ...(marker === undefined ? [] : [`<!-- foghorn ${marker} -->`])].join('\n\n')
