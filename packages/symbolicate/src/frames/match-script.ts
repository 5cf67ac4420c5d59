/** How well a script at `path` fits the URL of a frame: the path segments that agree from the end; 0 when the names differ. */
export const sharedSuffix = (url: string, path: string): number => {
  const a = segments(url)
  const b = segments(path)
  let shared = 0
  while (shared < a.length && shared < b.length && a.at(-1 - shared) === b.at(-1 - shared)) shared++
  return shared
}

/** The candidates that fit a frame's URL best; several when nothing tells them apart, none when no name agrees. */
export const bestMatches = <T extends { paths: readonly string[] }>(url: string, candidates: readonly T[]): T[] => {
  const scored = candidates.map((candidate) => ({
    candidate,
    score: Math.max(0, ...candidate.paths.map((path) => sharedSuffix(url, path))),
  }))
  const best = Math.max(0, ...scored.map(({ score }) => score))
  return best === 0 ? [] : scored.filter(({ score }) => score === best).map(({ candidate }) => candidate)
}

const segments = (url: string): string[] => {
  const path = url.replace(/[?#].*$/, '').replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, '')
  return decoded(path)
    .split(/[\\/]/)
    .filter((segment) => segment !== '' && segment !== '.' && segment !== '..')
}

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
