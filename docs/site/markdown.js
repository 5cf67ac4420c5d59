import { existsSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import hljs from 'highlight.js/lib/common'
import MarkdownIt from 'markdown-it'
import anchor from 'markdown-it-anchor'
import { BASE, DOCS } from './pages.js'

/** Anchors as code hosts make them, so that a link works there and here. */
export const slugOf = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')

const ALIASES = { tsx: 'typescript', jsx: 'javascript', vue: 'xml', svelte: 'xml' }

// Classes, not styles: the service's policy lets no inline style through.
const highlight = (code, name) => {
  const language = ALIASES[name] ?? name
  return hljs.getLanguage(language) ? hljs.highlight(code, { language }).value : ''
}

const isElsewhere = (href) => /^[a-z]+:|^\/\//.test(href)

/** The address of a picture or page of the site, from a path as it stands in a Markdown file. Undefined for other files. */
const addressOf = (href, page, pages) => {
  const [path, hash] = href.split('#')
  const file = path === '' ? page.file : join(dirname(page.file), decodeURI(path))
  const target = pages.find((other) => other.file === file)
  if (target) return `${BASE}${target.path}${hash === undefined ? '' : `#${hash}`}`
  const inside = relative(DOCS, file)
  return inside.startsWith('screenshots/') ? BASE + inside : undefined
}

const resolveLink = (tokens, open, { page, pages }) => {
  const href = tokens[open].attrGet('href')
  if (isElsewhere(href)) return
  const address = addressOf(href, page, pages)
  if (address !== undefined) return tokens[open].attrSet('href', address)
  const close = tokens.findIndex(({ type }, index) => index > open && type === 'link_close')
  tokens[open].attrs = null
  tokens[open].tag = tokens[close].tag = 'span'
}

/** Links lead to pages of the site; files of the source, which the site does not have, are named only. */
const resolveLinks = (markdown) =>
  markdown.core.ruler.after('inline', 'resolve-links', ({ tokens, env }) => {
    for (const { children } of tokens)
      for (const [index, { type }] of (children ?? []).entries())
        if (type === 'link_open') resolveLink(children, index, env)
  })

const img = (address, alt, theme = '') => `<img${theme} src="${address}" alt="${alt}" loading="lazy">`

/** A picture `x.png` beside which `x-dark.png` lies is shown in the theme of the page. */
const showPictures = (markdown) => {
  const { escapeHtml } = markdown.utils
  markdown.renderer.rules.image = (tokens, index, _options, { page, pages }) => {
    const address = addressOf(tokens[index].attrGet('src'), page, pages)
    const alt = escapeHtml(tokens[index].content)
    const dark = address.replace('.png', '-dark.png')
    if (!existsSync(join(DOCS, 'screenshots', basename(dark)))) return img(address, alt)
    return img(address, alt, ' class="in-light"') + img(dark, alt, ' class="in-dark"')
  }
}

const hasNoWords = (tokens, index) => tokens[index + 1].content === ''

/** Columns of numbers, by a class: markdown-it would write a style. */
const align = (token) => {
  const [, side] = /text-align:(\w+)/.exec(token.attrGet('style') ?? '') ?? []
  token.attrs = side === 'right' ? [['class', 'number']] : null
}

/** A wide table scrolls by itself, and the keyboard reaches it. A column without a name has no heading. */
const drawTables = ({ renderer }) => {
  renderer.rules.th_open = (tokens, index, options) => {
    align(tokens[index])
    if (hasNoWords(tokens, index)) tokens[index].tag = tokens[index + 2].tag = 'td'
    return renderer.renderToken(tokens, index, options)
  }
  renderer.rules.td_open = (tokens, index, options) => {
    align(tokens[index])
    return renderer.renderToken(tokens, index, options)
  }
  renderer.rules.table_open = () => '<div class="wide" tabindex="0"><table>'
  renderer.rules.table_close = () => '</table></div>'
}

/** `render(text, { page, pages })` */
export const createMarkdown = () => {
  const markdown = new MarkdownIt({ html: true, highlight })
  markdown.use(anchor, { slugify: slugOf, permalink: anchor.permalink.headerLink({ safariReaderFix: true }) })
  for (const extend of [resolveLinks, showPictures, drawTables]) markdown.use(extend)
  return markdown
}
