import { parseSync } from 'oxc-parser'

interface Node {
  type: string
  start: number
  end: number
  [key: string]: unknown
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

/** Replaces types by blanks, so that the program runs with every position where it was. Covers what the test programs use. */
export const stripTypes = (code: string): string => {
  const text = [...code]
  const blank = (start: number, end: number): void => {
    for (let at = start; at < end; at++) if (text[at] !== '\n') text[at] = ' '
  }
  const visit = (node: Node): void => {
    if (
      /^TS(InterfaceDeclaration|TypeAliasDeclaration|TypeAnnotation|TypeParameterDeclaration|TypeParameterInstantiation|ClassImplements|AbstractMethodDefinition)$/.test(
        node.type,
      )
    ) {
      return blank(node.start, node.end)
    }
    if (/^TS(As|Satisfies|NonNull)Expression$/.test(node.type)) blank((node['expression'] as Node).end, node.end)
    if (node.type.endsWith('Definition')) blankWords(code, node, blank)
    if (node.type === 'ClassDeclaration' && node['abstract'] === true) blank(node.start, node.start + 'abstract'.length)
    if (Array.isArray(node['implements']) && node['implements'].length > 0)
      blank(code.lastIndexOf('implements', (node['implements'] as Node[])[0]!.start), (node['body'] as Node).start)
    if (node['optional'] === true && node.type === 'Identifier')
      blank(node.start + String(node['name']).length, node.end)
    for (const value of Object.values(node))
      for (const inner of Array.isArray(value) ? value : [value]) if (isNode(inner)) visit(inner)
  }
  visit(parseSync('program.ts', code, { lang: 'ts' }).program as unknown as Node)
  return text.join('')
}

const blankWords = (code: string, node: Node, blank: (start: number, end: number) => void): void => {
  const head = code.slice(node.start, (node['key'] as Node).start)
  for (const word of head.matchAll(/\b(public|private|protected|readonly|override)\b/g))
    blank(node.start + word.index, node.start + word.index + word[0].length)
}
