import { parse, type DefaultTreeAdapterTypes } from 'parse5'

type Element = DefaultTreeAdapterTypes.Element
type Node = DefaultTreeAdapterTypes.Node

export interface PageScripts {
  /** Addresses of scripts that the page loads or preloads. */
  scripts: URL[]
  /** How many scripts stand in the page itself. */
  inlineScripts: number
  /** Policies that the page sets by itself. */
  policies: string[]
}

const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((attr) => attr.name === name)?.value

function* elements(node: Node): Generator<Element> {
  if ('tagName' in node) yield node
  if ('childNodes' in node) for (const child of node.childNodes) yield* elements(child)
}

const SCRIPT_TYPES = new Set(['', 'module', 'text/javascript', 'application/javascript'])

const isScript = (element: Element): boolean =>
  element.tagName === 'script' && SCRIPT_TYPES.has((attribute(element, 'type') ?? '').trim().toLowerCase())

const isPreload = (element: Element): boolean => {
  if (element.tagName !== 'link') return false
  const rel = (attribute(element, 'rel') ?? '').toLowerCase().split(/\s+/)
  return rel.includes('modulepreload') || (rel.includes('preload') && attribute(element, 'as') === 'script')
}

const policyOf = (element: Element): string | undefined =>
  element.tagName === 'meta' && attribute(element, 'http-equiv')?.toLowerCase() === 'content-security-policy'
    ? attribute(element, 'content')
    : undefined

const addressesOf = (element: Element): string[] => {
  const address = isScript(element) ? attribute(element, 'src') : isPreload(element) ? attribute(element, 'href') : ''
  return address ? [address] : []
}

const resolve = (address: string, base: URL): URL[] => {
  // The fragment names nothing that a server would give.
  const url = URL.canParse(address, base.href) ? new URL(address.replace(/#.*$/s, ''), base) : undefined
  return url && /^https?:$/.test(url.protocol) ? [url] : []
}

/** Reads a page for its scripts as a browser would, `<base>` included. */
export const readPageScripts = (html: string, url: URL): PageScripts => {
  const all = [...elements(parse(html))]
  const href = all.filter(({ tagName }) => tagName === 'base').map((element) => attribute(element, 'href'))[0]
  const base = href !== undefined && URL.canParse(href, url.href) ? new URL(href, url) : url
  return {
    scripts: all.flatMap(addressesOf).flatMap((address) => resolve(address, base)),
    inlineScripts: all.filter((element) => isScript(element) && attribute(element, 'src') === undefined).length,
    policies: all.flatMap((element) => policyOf(element) ?? []),
  }
}

// Bundlers name the chunks and workers that a script loads later as plain texts.
const NAMED = /["'`]((?:https?:\/\/|\.{0,2}\/)?[\w@.~/-]{1,300}\.m?js)(?:\?[\w=&.-]{0,100})?["'`]/g

/** Addresses that a script may load later: dynamic imports and workers. Some are none; those are not there when asked for. */
export const readLinkedScripts = (code: string, script: URL, page: URL): URL[] =>
  [...code.matchAll(NAMED)].flatMap(([, name]) =>
    // Relative names count from the script; Vite's lists of dependencies count from the page's base.
    /^(?:https?:|\.{0,2}\/)/.test(name!)
      ? resolve(name!, script)
      : [...resolve(name!, script), ...resolve(`/${name}`, page)],
  )
