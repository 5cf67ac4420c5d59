import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createMarkdown } from './site/markdown.js'
import { BASE, DOCS, readSections } from './site/pages.js'
import { searchIndex } from './site/search-index.js'

const ASSETS = {
  screenshots: 'screenshots',
  'site/assets': 'assets',
  '../node_modules/minisearch/dist/es/index.js': 'assets/minisearch.js',
  '../packages/dashboard/src/ui/theme.css': 'assets/theme.css',
  '../packages/dashboard/public/favicon.svg': 'assets/favicon.svg',
}

/** One template draws every page: most lie here, some beside the code that they are about. */
export default function configure(eleventy) {
  const markdown = createMarkdown()
  // Pages that are no more would be served for ever.
  eleventy.on('eleventy.before', ({ runMode }) => {
    if (runMode === 'build') rmSync(join(DOCS, 'dist'), { recursive: true, force: true })
  })
  eleventy.addGlobalData('base', BASE)
  eleventy.addGlobalData('sections', readSections)
  eleventy.addGlobalData('pages', () => readSections().flatMap((section) => section.pages))
  eleventy.addFilter('markdown', (page, pages) => markdown.render(page.text, { page, pages }))
  eleventy.addFilter('searchIndex', (pages) => JSON.stringify(searchIndex(pages)))
  eleventy.addPassthroughCopy(ASSETS)
  eleventy.addWatchTarget(`${DOCS}*.md`)
  return { dir: { input: 'site/templates', includes: '../layouts', output: 'dist' }, pathPrefix: BASE }
}
