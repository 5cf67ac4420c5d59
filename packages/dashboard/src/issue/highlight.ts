import css from 'highlight.js/lib/languages/css'
import javascript from 'highlight.js/lib/languages/javascript'
import typescript from 'highlight.js/lib/languages/typescript'
import xml from 'highlight.js/lib/languages/xml'
import { createLowlight } from 'lowlight'
import type { Language } from './language.ts'

const lowlight = createLowlight({ css, javascript, typescript, xml })

/** A piece of a line; `kind` is a highlight.js scope such as `keyword`, absent for plain text. */
export interface Token {
  text: string
  kind?: string
}

type Node = ReturnType<typeof lowlight.highlight>['children'][number]

const kindOf = (node: Node): string | undefined => {
  const names = node.type === 'element' ? node.properties.className : undefined
  const first = Array.isArray(names) ? names[0] : undefined
  return typeof first === 'string' ? first.replace(/^hljs-/, '') : undefined
}

const flatten = (node: Node, kind?: string): Token[] => {
  if (node.type === 'text') return [kind === undefined ? { text: node.value } : { text: node.value, kind }]
  return node.type === 'element' ? node.children.flatMap((child) => flatten(child, kindOf(node) ?? kind)) : []
}

/** The tokens of each line: data, never markup, for source lines are what strangers sent. */
export const highlightLines = (lines: readonly string[], language: Language): Token[][] => {
  // A stray line break inside a line would shift all that follow.
  const tree = lowlight.highlight(language, lines.map((line) => line.replaceAll(/[\r\n]/g, ' ')).join('\n'))
  const result: Token[][] = [[]]
  for (const token of tree.children.flatMap((node) => flatten(node))) {
    const [first = '', ...others] = token.text.split('\n')
    if (first) result.at(-1)?.push({ ...token, text: first })
    for (const text of others) result.push(text ? [{ ...token, text }] : [])
  }
  return result
}
