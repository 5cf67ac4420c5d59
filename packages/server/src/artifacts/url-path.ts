const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/**
 * The path of an address, for comparison: without scheme, host, query and fragment, percent-decoded, with one slash in
 * front. `https://cdn.example/a/b.js?v=1`, `~/a/b.js` and `app:///a/b.js` all give `/a/b.js`.
 */
export const urlPath = (url: string): string => {
  const bare = url.replace(/[?#].*$/s, '').replace(/^(?:[a-z][a-z\d+.-]{0,30}:\/\/[^/]*|\/\/[^/]*|~)/i, '')
  return `/${decode(bare).replaceAll('\\', '/').replace(/^\/+/, '')}`
}

/** The path of `reference` as seen from the file at `base`. */
export const resolvePath = (reference: string, base: string): string => {
  const isAbsolute = /^(?:[a-z][a-z\d+.-]{0,30}:|\/|~)/i.test(reference)
  if (isAbsolute) return urlPath(reference)
  return urlPath(new URL(reference, new URL(encodeURI(urlPath(base)), 'http://host.invalid')).pathname)
}

export const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
