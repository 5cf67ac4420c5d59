import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { scriptLinks } from '@foghorn/symbolicate'
import type { Command } from 'commander'

/** A map that was found, and the scripts that it may belong to. */
export interface FoundMap {
  name: string
  paths: string[]
  /** The script itself where it lies with its map: it knows what the classes of receivers are called. */
  script: string | undefined
  read(): Uint8Array | string
}

/** Maps by themselves and inside of scripts, in a folder and all below it, or the one that was named. */
export const findMaps = (path: string, given: string, command: Command): FoundMap[] => {
  if (!existsSync(path))
    command.error(
      `No such file or folder: ${given}. Pass the folder that your build wrote its maps to: --maps <folder>.`,
    )
  const folder = statSync(path).isDirectory()
  if (!folder && isScript(path)) return mapsOfScript(path, given, command)
  const root = folder ? path : dirname(path)
  const scripts = filesBelow(folder ? path : dirname(path), folder).filter(isScript)
  const links = linksOf(scripts)
  const maps = folder
    ? filesBelow(path, true).filter((file) => file.endsWith('.map') && !file.endsWith('.css.map'))
    : [path]
  const found = [...maps.map((map) => mapFile(map, root, links)), ...(folder ? inlineMaps(links, root) : [])]
  if (found.length === 0)
    command.error(`No source maps in ${given}. Build with source maps on, or pass another folder: --maps <folder>.`)
  return found
}

const isScript = (path: string): boolean => /\.[cm]?js$/.test(path)

/** Whoever names a script means the map that it links to. */
const mapsOfScript = (path: string, given: string, command: Command): FoundMap[] => {
  const links = linksOf([path])
  const url = links[0]?.mapUrl
  if (url?.startsWith('data:')) return inlineMaps(links, dirname(path))
  const map = [url && resolve(dirname(path), url), `${path}.map`].find((file) => file && existsSync(file))
  if (!map)
    command.error(`${given} is a script without a source map. Pass its map, or the folder of both: --maps <folder>.`)
  return [mapFile(map!, dirname(path), links)]
}

const filesBelow = (folder: string, recursive: boolean): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive })
    .filter(
      (entry) => entry.isFile() && !/(^|[\\/])(node_modules|\.git)([\\/]|$)/.test(relative(folder, entry.parentPath)),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

interface LinkedScript {
  path: string
  mapUrl: string | undefined
  debugId: string | undefined
}

const linksOf = (scripts: readonly string[]): LinkedScript[] =>
  scripts.map((path) => ({ path, ...scriptLinks(readFileSync(path, 'utf8')) }))

const mapFile = (map: string, root: string, links: readonly LinkedScript[]): FoundMap => {
  const own = relative(root, map).replace(/\.map$/, '')
  const { file, debugId } = headOf(map)
  const linking = links.filter((link) => pointsAt(link, map) || (debugId !== undefined && link.debugId === debugId))
  return {
    name: relative(root, map),
    paths: [
      own,
      `${own}.js`,
      ...(file === undefined ? [] : [join(dirname(own), file)]),
      ...linking.map((link) => relative(root, link.path)),
    ],
    script: linking[0]?.path,
    read: () => readFileSync(map),
  }
}

const pointsAt = (link: LinkedScript, map: string): boolean =>
  link.mapUrl !== undefined &&
  !link.mapUrl.startsWith('data:') &&
  basename(link.mapUrl) === basename(map) &&
  resolve(dirname(link.path), link.mapUrl) === map

/** The two short fields that name a map; the file may be large, and most maps of a folder are not asked for. */
const headOf = (map: string): { file?: string; debugId?: string } => {
  const text = readFileSync(map, 'latin1')
  const field = (key: string): string | undefined => new RegExp(`"${key}"\\s*:\\s*"([^"\\\\]{1,300})"`).exec(text)?.[1]
  const file = field('file')
  const debugId = (field('debug_id') ?? field('debugId'))?.toLowerCase()
  return { ...(file === undefined ? {} : { file }), ...(debugId === undefined ? {} : { debugId }) }
}

const inlineMaps = (links: readonly LinkedScript[], root: string): FoundMap[] =>
  links
    .filter(({ mapUrl }) => mapUrl?.startsWith('data:'))
    .map(({ path, mapUrl }) => ({
      name: `${relative(root, path)} (inline)`,
      paths: [relative(root, path)],
      script: path,
      read: () => mapUrl!,
    }))
