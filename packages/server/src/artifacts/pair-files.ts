import type { ListedFile } from './read-manifest.ts'
import { resolvePath, urlPath } from './url-path.ts'

/**
 * Finds the script that each map of a bundle belongs to: the one with its debug ID, else the one that names it, else the
 * one whose address it extends by `.map`. Debug IDs come first: bundler plugins rename files on upload and leave the
 * scripts' old references in (checked with Sentry's plugins 10 and 11, 2026-11).
 */
export const pairFiles = (files: readonly ListedFile[]): Map<ListedFile, ListedFile> => {
  const scripts = files.filter((file) => file.kind === 'script')
  const byDebugId = new Map<string, ListedFile>()
  const byMapPath = new Map<string, ListedFile>()
  for (const script of scripts) {
    byMapPath.set(`${urlPath(script.url)}.map`, script)
    if (script.debugId) byDebugId.set(script.debugId, script)
  }
  for (const script of scripts)
    if (script.sourceMap && !script.sourceMap.startsWith('data:'))
      byMapPath.set(resolvePath(script.sourceMap, script.url), script)
  const pairs = new Map<ListedFile, ListedFile>()
  for (const map of files.filter((file) => file.kind === 'map')) {
    const script = (map.debugId ? byDebugId.get(map.debugId) : undefined) ?? byMapPath.get(urlPath(map.url))
    if (script) pairs.set(map, script)
  }
  return pairs
}
