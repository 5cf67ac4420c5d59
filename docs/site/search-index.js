import { slugOf } from './markdown.js'

const plain = (text) =>
  text
    .replace(/^```.*$/gm, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*|]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

// Code has lines that begin like headings.
const HEADING = /^(#{2,3}) (.+)$|^```[^]*?^```/gm

/** What a search finds: the beginning of a page, and each of its sections. */
const entriesOf = ({ path, title, text }) => {
  const starts = [...text.matchAll(HEADING)].filter(([, level]) => level)
  const headings = starts.map(({ index, 2: heading }) => ({
    index,
    heading: plain(heading),
    slug: `#${slugOf(heading)}`,
  }))
  return [{ index: 0, heading: title, slug: '' }, ...headings].map(({ index, heading, slug }, at) => {
    const end = headings[at]?.index
    const body = text.slice(index, end).replace(/^#.*\n/, '')
    return { id: path + slug, page: title, heading, text: plain(body) }
  })
}

/** Everything that can be searched, as the site's script reads it. */
export const searchIndex = (pages) => pages.flatMap(entriesOf)
