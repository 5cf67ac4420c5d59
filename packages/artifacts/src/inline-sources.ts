import { readFile, realpath, stat } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SourceMapJson } from './shift-mappings.ts'

export interface SourcePlace {
  /** Path of the map, or of the script that holds it: sources are named relative to it. */
  mapPath: string
  /** Only files below this folder are read: a map from elsewhere must not be able to ask for the machine's secrets. */
  root: string
}

const BYTES = 16 * 1024 * 1024

const pathOf = (source: string, mapPath: string): string | undefined => {
  if (source.startsWith('file:')) return URL.canParse(source) ? fileURLToPath(source) : undefined
  if (/^[a-z][a-z\d+.-]+:/i.test(source)) return undefined
  return resolve(dirname(mapPath), source)
}

const isBelow = (path: string, folder: string): boolean => path.startsWith(folder.endsWith(sep) ? folder : folder + sep)

const readSource = async (source: string, { mapPath, root }: SourcePlace): Promise<string | null> => {
  const named = pathOf(source, mapPath)
  // The real path: a link inside the folder may lead out of it.
  const path = named && (await realpath(named).catch(() => undefined))
  if (!path || !isBelow(path, await realpath(root))) return null
  const stats = await stat(path)
  return stats.isFile() && stats.size <= BYTES ? readFile(path, 'utf8') : null
}

const withRoot = (source: string, sourceRoot: unknown): string =>
  typeof sourceRoot === 'string' && sourceRoot !== '' && !/^(?:[a-z][a-z\d+.-]+:|\/)/i.test(source)
    ? `${sourceRoot.replace(/\/$/, '')}/${source}`
    : source

const inlineSections = (sections: { map?: SourceMapJson }[], place: SourcePlace) =>
  Promise.all(
    sections.map(async (section) =>
      section?.map ? { ...section, map: await inlineSources(section.map, place) } : section,
    ),
  )

/** The map with the text of the sources that it names without holding them, as far as they are on disk. */
export const inlineSources = async (map: SourceMapJson, place: SourcePlace): Promise<SourceMapJson> => {
  if (Array.isArray(map.sections)) return { ...map, sections: await inlineSections(map.sections, place) }
  const sources: unknown[] = Array.isArray(map['sources']) ? map['sources'] : []
  const contents: unknown[] = Array.isArray(map['sourcesContent']) ? map['sourcesContent'] : []
  const sourcesContent: unknown[] = []
  for (const [index, source] of sources.entries())
    sourcesContent.push(
      typeof contents[index] === 'string' || typeof source !== 'string'
        ? (contents[index] ?? null)
        : await readSource(withRoot(source, map['sourceRoot']), place),
    )
  return { ...map, sourcesContent }
}
