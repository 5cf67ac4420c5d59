// The Markdown files of the checkout, and what stands in them.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import MarkdownIt, { type Token } from 'markdown-it'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface Document {
  /** Path from the root of the checkout. */
  path: string
  text: string
}

export interface Block {
  /** As in `docs/npm.md:12`. */
  place: string
  language: string
  code: string
  /** Why no test looks at it, where the text says so. */
  unchecked: string | undefined
  /** Why its commands are read but not carried out, where the text says so. */
  notRun: string | undefined
}

// Written by programs, or by others.
const NOT_OURS = /(^|\/)(fixtures\/|api-report\.md$|THIRD-PARTY\.md$|\.changeset\/(?!README))/

const listFiles = (): string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((path) => path !== '' && !NOT_OURS.test(path))

/** Every page of the documentation and every README. */
export const readDocuments = (): Document[] =>
  listFiles().map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))

const markdown = new MarkdownIt({ html: true })

/** All tokens, those within lines too. */
export const tokensOf = ({ text }: Document): Token[] =>
  markdown.parse(text, {}).flatMap((token) => [token, ...(token.children ?? [])])

const remarkIn = (token: Token | undefined, kind: 'unchecked' | 'not run'): string | undefined =>
  token?.type === 'html_block' ? new RegExp(`^<!-- ${kind}: (.+) -->$`, 'm').exec(token.content)?.[1] : undefined

const blocksIn = (document: Document): Block[] => {
  const tokens = tokensOf(document)
  return tokens.flatMap((token, index) =>
    token.type === 'fence'
      ? [
          {
            place: `${document.path}:${(token.map?.[0] ?? 0) + 1}`,
            language: token.info,
            code: token.content,
            unchecked: remarkIn(tokens[index - 1], 'unchecked'),
            notRun: remarkIn(tokens[index - 1], 'not run'),
          },
        ]
      : [],
  )
}

/** The code blocks of all documents. */
export const readBlocks = (): Block[] => readDocuments().flatMap(blocksIn)

/** Those in certain languages that are to be checked. */
export const blocksOf = (...languages: string[]): Block[] =>
  readBlocks().filter(({ language, unchecked }) => unchecked === undefined && languages.includes(language))

/** A path as documents have it. */
export const pathFromRoot = (file: string): string => relative(ROOT, file)
