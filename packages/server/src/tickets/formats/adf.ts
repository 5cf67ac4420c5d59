import type { Block } from '../draft.ts'

interface Mark {
  type: string
  attrs?: Record<string, string>
}

export interface AdfNode {
  type: string
  text?: string
  marks?: Mark[]
  attrs?: Record<string, unknown>
  content?: AdfNode[]
}

/** Nothing in a text node is markup. One without text is refused. */
const text = (words: string, ...marks: Mark[]): AdfNode => ({
  type: 'text',
  text: words || '–',
  ...(marks.length > 0 && { marks }),
})

const paragraph = (...content: AdfNode[]): AdfNode => ({ type: 'paragraph', content })

const nodeOf = (block: Block): AdfNode => {
  if (block.type === 'text') return paragraph(text(block.text))
  if (block.type === 'link') return paragraph(text(block.text, { type: 'link', attrs: { href: block.url } }))
  if (block.type === 'code') return { type: 'codeBlock', content: [text(block.text)] }
  const items = block.facts.map(([name, value]) => ({
    type: 'listItem',
    content: [paragraph(text(`${name}: `, { type: 'strong' }), text(value))],
  }))
  return { type: 'bulletList', content: items }
}

const isEmpty = (block: Block): boolean => block.type === 'facts' && block.facts.length === 0

/** A document in Atlassian's format, version 1. The marker is its last line: searching finds it there. */
export const toAdf = (body: readonly Block[], marker?: string) => ({
  type: 'doc',
  version: 1,
  content: [
    ...body.filter((block) => !isEmpty(block)).map(nodeOf),
    ...(marker === undefined ? [] : [paragraph(text(marker))]),
  ],
})
