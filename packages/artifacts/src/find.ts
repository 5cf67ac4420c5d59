import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { ArtifactsError } from './artifacts-error.ts'
import { readTrailingComments } from './trailing-comments.ts'

/** A file below the folder that was searched. */
export interface FoundFile {
  /** Absolute. */
  path: string
  /** Relative to the folder, with slashes. */
  name: string
}

export type MapPlace =
  | { from: 'file'; file: FoundFile }
  | { from: 'inline' }
  /** The reason continues a sentence that begins with the script's name. */
  | { from: 'nowhere'; reason: string }

export interface FoundScript extends FoundFile {
  map: MapPlace
}

export interface Found {
  folder: string
  scripts: FoundScript[]
  /** HTML pages, which may hold checksums of the scripts. */
  pages: FoundFile[]
  /** Maps that belong to no script of the folder. */
  spareMaps: FoundFile[]
}

const SCRIPT = /\.(?:js|mjs|cjs)$/
const MAP = /\.(?:js|mjs|cjs)\.map$/
const PAGE = /\.html?$/
const SKIPPED_FOLDERS = new Set(['node_modules', '.git'])

const walk = async (folder: string, root: string, found: FoundFile[]): Promise<FoundFile[]> => {
  const entries = await readdir(folder, { withFileTypes: true })
  // One order on every machine: the bundle's checksum depends on it.
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) await walk(path, root, found)
    else if (entry.isFile()) found.push({ path, name: relative(root, path).split(sep).join('/') })
  }
  return found
}

const checkFolder = async (folder: string): Promise<void> => {
  const stats = await stat(folder).catch(() => undefined)
  if (!stats) throw new ArtifactsError(`There is no folder ${folder}. Build first, or pass the folder of the build.`)
  if (!stats.isDirectory())
    throw new ArtifactsError(`${folder} is a file. Pass the folder that holds the built scripts.`)
}

/** The file that the comment names, when it is a path. Addresses are of the deployed site and say nothing about this folder. */
const namedPath = (script: FoundFile, url: string): string | undefined => {
  if (/^[a-z][a-z\d+.-]*:/i.test(url) || url.startsWith('/')) return undefined
  try {
    return resolve(dirname(script.path), decodeURIComponent(url.replace(/[?#].*$/, '')))
  } catch {
    return undefined
  }
}

const createMapFinder = (maps: FoundFile[]) => {
  const byPath = new Map(maps.map((file) => [file.path, file]))
  const onlyOne = (base: string): FoundFile | undefined => {
    const candidates = maps.filter((file) => basename(file.path) === base)
    return candidates.length === 1 ? candidates[0] : undefined
  }
  return (script: FoundFile, url: string | undefined): FoundFile | undefined => {
    const named = url === undefined ? undefined : namedPath(script, url)
    const namedBase = url === undefined ? undefined : basename(url.replace(/[?#].*$/, ''))
    return (
      (named === undefined ? undefined : byPath.get(named)) ??
      byPath.get(`${script.path}.map`) ??
      (namedBase === undefined ? undefined : onlyOne(namedBase)) ??
      onlyOne(`${basename(script.path)}.map`)
    )
  }
}

const placeOf = (
  script: FoundFile,
  url: string | undefined,
  findMap: (script: FoundFile, url: string | undefined) => FoundFile | undefined,
): MapPlace => {
  if (url?.startsWith('data:')) return { from: 'inline' }
  const file = findMap(script, url)
  if (file) return { from: 'file', file }
  return {
    from: 'nowhere',
    reason: url === undefined ? 'has no source map' : `names the map ${url.slice(0, 200)}, which is not in the folder`,
  }
}

/**
 * Finds the scripts below a folder and the map of each: by its comment, beside it, or by a file name that only one map has.
 * Given names of files, relative to the folder and with slashes, it looks at no others.
 */
export const findScripts = async (folder: string, names?: readonly string[]): Promise<Found> => {
  const root = resolve(folder)
  await checkFolder(root)
  const wanted = names && new Set(names)
  const files = (await walk(root, root, [])).filter(({ name }) => !wanted || wanted.has(name))
  const maps = files.filter((file) => MAP.test(file.name))
  const findMap = createMapFinder(maps)
  const scripts: FoundScript[] = []
  for (const file of files.filter((file) => SCRIPT.test(file.name))) {
    const { sourceMappingUrl } = readTrailingComments(await readFile(file.path, 'utf8'))
    scripts.push({ ...file, map: placeOf(file, sourceMappingUrl?.value, findMap) })
  }
  const used = new Set(scripts.map(({ map }) => (map.from === 'file' ? map.file.path : undefined)))
  return {
    folder: root,
    scripts,
    pages: files.filter((file) => PAGE.test(file.name)),
    spareMaps: maps.filter((file) => !used.has(file.path)),
  }
}
