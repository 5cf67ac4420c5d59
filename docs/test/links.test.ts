import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { createMarkdown, slugOf } from '../site/markdown.js'
import { BASE, readSections } from '../site/pages.js'
import { searchIndex } from '../site/search-index.js'
import { type Document, readDocuments, ROOT, tokensOf } from './documents.ts'

/** Hosts that the documentation may point to. Their pages are not asked for: tests need no network. */
const HOSTS = new Set(['valibot.dev', 'www.standardwebhooks.com', 'keepachangelog.com', 'semver.org'])

// These stand for what readers have, and are never links.
const EXAMPLES = /^https?:\/\/([\w-]+\.)*example\.com(\/|$)|^http:\/\/127\.0\.0\.1:\d+/

const targetsIn = (document: Document): string[] =>
  tokensOf(document).flatMap((token) => {
    const target = token.attrGet('href') ?? token.attrGet('src')
    return target === null ? [] : [target]
  })

const anchorsOf = (text: string): string[] =>
  tokensOf({ path: '', text }).flatMap((token, index, all) =>
    token.type === 'inline' && all[index - 1]?.type === 'heading_open' ? [slugOf(plainOf(token.content))] : [],
  )

const plainOf = (heading: string): string => heading.replaceAll('`', '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')

const isElsewhere = (target: string): boolean => /^[a-z]+:/.test(target)

const faultOf = (from: string, target: string): string | undefined => {
  if (EXAMPLES.test(target)) return undefined
  if (isElsewhere(target)) return HOSTS.has(new URL(target).host) ? undefined : 'is not among the hosts of this test'
  const [path, anchor] = target.split('#') as [string, string?]
  const file = path === '' ? join(ROOT, from) : join(ROOT, dirname(from), decodeURI(path))
  if (!existsSync(file)) return 'is not there'
  if (anchor === undefined) return undefined
  return anchorsOf(readFileSync(file, 'utf8')).includes(anchor) ? undefined : 'has no such heading'
}

test('every link and picture of every document leads somewhere', () => {
  const faults = readDocuments().flatMap((document) =>
    targetsIn(document).flatMap((target) => {
      const fault = faultOf(document.path, target)
      return fault === undefined ? [] : [`${document.path}: ${target} ${fault}`]
    }),
  )
  expect(faults).toEqual([])
})

const pages = readSections().flatMap((section) => section.pages)
const markdown = createMarkdown()
const drawn = new Map(pages.map((page) => [BASE + page.path, markdown.render(page.text, { page, pages })]))
const idsOf = (html: string): string[] => [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!)

/** Whether the site has what an address of it names. */
const isThere = (address: string): boolean => {
  const [path, anchor] = address.split('#') as [string, string?]
  if (path.startsWith(`${BASE}screenshots/`)) return existsSync(join(ROOT, path.slice(1)))
  const html = drawn.get(path)
  return html !== undefined && (anchor === undefined || idsOf(html).includes(decodeURIComponent(anchor)))
}

test('every address within the site is there, and its anchors are', () => {
  const lost = [...drawn].flatMap(([from, html]) =>
    [...html.matchAll(/ (?:href|src)="(\/[^"]*|#[^"]*)"/g)]
      .map(([, address]) => (address!.startsWith('#') ? from + address : address!))
      .filter((address) => !isThere(address))
      .map((address) => `${from}: ${address}`),
  )
  expect(drawn.size).toBeGreaterThan(25)
  expect(lost).toEqual([])
})

test('no page is left out of the navigation, or named twice by its headings', () => {
  const sources = pages.map(({ source }) => source)
  expect(new Set(sources).size).toBe(sources.length)
  for (const { path } of readDocuments().filter((document) => /^docs\/[^/]+\.md$/.test(document.path)))
    if (path !== 'docs/README.md') expect(sources).toContain(path.slice('docs/'.length))
  for (const [address, html] of drawn)
    expect([address, new Set(idsOf(html)).size]).toEqual([address, idsOf(html).length])
})

test('what the dashboard links to is there', () => {
  const files = readdirSync(join(ROOT, 'packages/dashboard/src'), { recursive: true, encoding: 'utf8' })
  const sources = files.filter((file) => file.endsWith('.tsx'))
  const linked = sources.flatMap((file) => {
    const text = readFileSync(join(ROOT, 'packages/dashboard/src', file), 'utf8')
    return [...text.matchAll(/<DocsLink page="([^"]+)"/g)].map(([, page]) => BASE + page)
  })
  expect(linked.length).toBeGreaterThan(3)
  expect(linked.filter((address) => !isThere(address))).toEqual([])
})

test('what a search finds is there', () => {
  const entries = searchIndex(pages)
  expect(entries.filter(({ id }: { id: string }) => !isThere(BASE + id))).toEqual([])
  expect(entries.find(({ heading }: { heading: string }) => heading === 'My frames are minified')).toMatchObject({
    page: 'Troubleshooting',
  })
})

test('every picture is shown somewhere', () => {
  const shown = readDocuments().flatMap(targetsIn).join('\n')
  const unused = readdirSync(join(ROOT, 'docs/screenshots')).filter(
    (file) => !shown.includes(file.replace('-dark', '')),
  )
  expect(unused).toEqual([])
})
