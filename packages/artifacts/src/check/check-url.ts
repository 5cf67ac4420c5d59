import { ArtifactsError } from '../artifacts-error.ts'
import { createHttpClient, type HttpClient } from '../http.ts'
import { findDebugId } from '../stamp.ts'
import { readTrailingComments } from '../trailing-comments.ts'
import { findBlockingDirective } from './csp.ts'
import { fetchPage, type Page } from './fetch-page.ts'
import { judge, type CheckReport, type ResolveScripts } from './judge.ts'
import { readLinkedScripts, readPageScripts } from './page-scripts.ts'
import { samplePositions } from './sample-positions.ts'

export interface CheckUrlOptions {
  url: string
  resolve: ResolveScripts
  /** Origin that the page's SDK sends to. */
  service: URL
  onProgress?: (done: number, total: number) => void
}

const SCRIPTS_AT_MOST = 300

const isCode = ({ status, type }: Page): boolean => status === 200 && /(?:java|ecma)script/.test(type)

interface Found {
  scripts: Page[]
  unreachable: URL[]
}

/** Follows scripts to those that they name. Named ones that are not there were texts of another kind. */
const collectScripts = async (
  send: HttpClient,
  page: Page,
  start: URL[],
  onProgress: CheckUrlOptions['onProgress'],
): Promise<Found> => {
  const found: Found = { scripts: [], unreachable: [] }
  const first = new Map(start.map((url) => [url.href, { url, isNamed: false }]))
  const seen = new Set(first.keys())
  const queue = [...first.values()]
  for (let index = 0; index < Math.min(queue.length, SCRIPTS_AT_MOST); index++) {
    const { url, isNamed } = queue[index]!
    const script = await fetchPage(send, url).catch(() => undefined)
    onProgress?.(index + 1, queue.length)
    if (!script || !isCode(script)) {
      if (!isNamed) found.unreachable.push(url)
      continue
    }
    found.scripts.push(script)
    // Scripts of other sites are nobody's build here.
    const linked = url.origin === start[0]!.origin ? readLinkedScripts(script.text, url, page.url) : []
    for (const next of linked) if (!seen.has(next.href) && seen.add(next.href)) queue.push({ url: next, isNamed: true })
  }
  return found
}

/** The address of a map that anybody can read, which shows the original sources to all. */
const findPublicMap = async (send: HttpClient, script: Page): Promise<string | undefined> => {
  const header = script.headers['sourcemap'] ?? script.headers['x-sourcemap']
  const named =
    (typeof header === 'string' ? header : undefined) ?? readTrailingComments(script.text).sourceMappingUrl?.value
  if (named === undefined) return undefined
  if (named.startsWith('data:')) return 'the script itself'
  if (!URL.canParse(named, script.url.href)) return undefined
  const map = await fetchPage(send, new URL(named, script.url)).catch(() => undefined)
  return map?.status === 200 && /^\s*(?:\)\]\}'[^\n]*\n)?\{/.test(map.text.slice(0, 1000)) ? map.url.href : undefined
}

const policiesOf = (page: Page, own: string[]): string[] => {
  const header = page.headers['content-security-policy']
  return [...(typeof header === 'string' ? header.split(',') : []), ...own]
}

const readPage = async (send: HttpClient, address: string): Promise<Page> => {
  const page = await fetchPage(send, new URL(address))
  if (page.status !== 200)
    throw new ArtifactsError(`${page.url.href} answered ${page.status}. Pass the address of a page that works.`)
  return page
}

const checkPage = async (send: HttpClient, options: CheckUrlOptions): Promise<CheckReport> => {
  const page = await readPage(send, options.url)
  const { scripts: addresses, policies } = readPageScripts(page.text, page.url)
  if (addresses.length === 0)
    throw new ArtifactsError(`${page.url.href} loads no scripts. Pass the address of the app's page.`)
  const { scripts, unreachable } = await collectScripts(send, page, addresses, options.onProgress)
  const checked = scripts.map(({ url, text }) => {
    const debugId = findDebugId(text)
    return { url: url.href, ...(debugId === undefined ? {} : { debugId }), positions: samplePositions(text) }
  })
  const answers = await options.resolve(checked)
  const verdicts = checked.map((script, index) => judge(script, answers[index]!))
  for (const [index, script] of scripts.entries()) {
    const map = await findPublicMap(send, script)
    if (map)
      verdicts[index]!.warnings.push(`Everybody can read its source map: ${map}. Upload with --delete-after-upload.`)
  }
  const blocking = findBlockingDirective(policiesOf(page, policies), options.service, page.url)
  return {
    scripts: verdicts,
    problems: [
      ...unreachable.map(({ href }) => `${href} is named by the page but is no script there.`),
      ...(blocking
        ? [
            `The page's Content-Security-Policy keeps errors from being sent: add ${options.service.origin} to ${blocking}.`,
          ]
        : []),
    ],
    warnings: [],
  }
}

/**
 * Reads a deployed page like a browser and says for each of its scripts whether stacks in it will be readable. Throws
 * ArtifactsError when the page cannot be read.
 */
export const checkUrl = async (options: CheckUrlOptions): Promise<CheckReport> => {
  const client = createHttpClient()
  try {
    return await checkPage(client.send, options)
  } finally {
    client.close()
  }
}
