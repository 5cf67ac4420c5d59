import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { OTHERWISE, OUTSIDE, SECTIONS } from './navigation.js'

/** The folder of the Markdown files. */
export const DOCS = fileURLToPath(new URL('..', import.meta.url))

/** Where the service has the site. */
export const BASE = '/docs/'

const NOT_PAGES = new Set(['README.md', 'CHANGELOG.md', 'THIRD-PARTY.md'])

const titleOf = (text, file) => {
  const title = /^# (.+)$/m.exec(text)?.[1]
  if (title === undefined) throw new Error(`${file} has no title. Begin it with a line like "# Title".`)
  return title.replaceAll('`', '')
}

const readPage = (source) => {
  const file = join(DOCS, source)
  const text = readFileSync(file, 'utf8')
  const { name, title } = OUTSIDE[source] ?? { name: basename(source, '.md'), title: titleOf(text, file) }
  return { source, file, text, title, path: name === 'index' ? '' : `${name}/` }
}

const readSection = ({ title, pages }, more) => ({ title, pages: [...pages, ...more].map(readPage) })

/** The sections of the navigation with their pages, read anew. */
export const readSections = () => {
  const listed = new Set(SECTIONS.flatMap(({ pages }) => pages))
  const lost = [...listed].find((source) => !existsSync(join(DOCS, source)))
  if (lost) throw new Error(`site/navigation.js lists ${lost}, which is not there. Write that page, or unlist it.`)
  const others = readdirSync(DOCS).filter((file) => file.endsWith('.md') && !listed.has(file) && !NOT_PAGES.has(file))
  return SECTIONS.map((section) => readSection(section, section.title === OTHERWISE ? others.toSorted() : []))
}
