import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import {
  bestMatches,
  bufferReader,
  buildIndex,
  openIndex,
  parseStackText,
  resolveFrames,
  scriptLinks,
  type MapIndex,
  type ParsedException,
  type RawFrame,
  type ResolvedFrame,
} from '@foghorn/symbolicate'
import { Command } from 'commander'

interface Options {
  maps: string
  json?: boolean
}

/** A map that was found, and the scripts that it may belong to. */
interface FoundMap {
  name: string
  paths: string[]
  /** The script itself where it lies with its map: it knows what the classes of receivers are called. */
  script: string | undefined
  read(): Uint8Array | string
}

type OpenedMap = { index: MapIndex } | { problem: string }

interface SymbolicatedException {
  type: string | undefined
  value: string | undefined
  frames: ResolvedFrame[]
}

/** `foghorn symbolicate`: the original form of a pasted stack, offline. */
export const symbolicateCommand = (): Command =>
  new Command('symbolicate')
    .description('Print the original form of minified stacks, from a file or standard input, offline')
    .argument(
      '[file]',
      'text that holds the stacks of any browser, log lines around them tolerated; default: standard input',
    )
    .option('--maps <path>', 'folder that holds the source maps, searched as a whole, or one map', '.')
    .option('--json', 'print JSON: {"exceptions":[{"type","value","frames":[…]}]}')
    .action(async (file: string | undefined, options: Options, command: Command) => {
      const exceptions = await symbolicate(await readText(file, command), options, command)
      process.stdout.write(options.json === true ? toJson(exceptions) : exceptions.map(toText).join('\n'))
    })

const symbolicate = async (text: string, options: Options, command: Command): Promise<SymbolicatedException[]> => {
  const parsed = parseStackText(text)
  if (parsed.length === 0) {
    command.error('No stack found in the text. Paste the error with its frames, as the console or the log shows them.')
  }
  const maps = findMaps(resolve(options.maps), options.maps, command)
  const opened = await openMaps(parsed, maps)
  return parsed.map(({ type, value, frames, engine }) => ({
    type,
    value,
    frames: resolveFrames(frames, (frame) => chooseIndex(frame, opened), { engine }),
  }))
}

const readText = async (file: string | undefined, command: Command): Promise<string> => {
  if (file !== undefined && file !== '-') {
    if (!existsSync(file))
      command.error(`No such file: ${file}. Give a file with the stack, or none to read standard input.`)
    return readFileSync(file, 'utf8')
  }
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** Maps by themselves and inside of scripts, in a folder and all below it, or the one that was named. */
const findMaps = (path: string, given: string, command: Command): FoundMap[] => {
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

interface OpenedMaps {
  candidates: ReadonlyMap<string, FoundMap[]>
  opened: ReadonlyMap<FoundMap, OpenedMap>
}

const openMaps = async (exceptions: readonly ParsedException[], maps: readonly FoundMap[]): Promise<OpenedMaps> => {
  const urls = new Set(exceptions.flatMap(({ frames }) => frames.map((frame) => frame.filename ?? '')))
  const candidates = new Map([...urls].map((url) => [url, bestMatches(url, maps)]))
  // Whoever names one map means it, whatever the script was called when it was served.
  if (maps.length === 1 && [...candidates.values()].every((found) => found.length === 0)) {
    for (const url of urls) candidates.set(url, [...maps])
  }
  const opened = new Map<FoundMap, OpenedMap>()
  for (const map of new Set([...candidates.values()].flat())) opened.set(map, await openMap(map))
  return { candidates, opened }
}

const openMap = async (map: FoundMap): Promise<OpenedMap> => {
  const script = map.script === undefined ? undefined : readFileSync(map.script)
  const built = await buildIndex(map.read(), { script })
  const index = built.ok ? openIndex(bufferReader(built.index)) : undefined
  return index ? { index } : { problem: `${map.name}: ${built.ok ? 'the index cannot be opened' : built.reason}` }
}

type Choice = MapIndex | { reason: 'no-artifact' | 'ambiguous' | 'map-invalid'; detail?: string }

const chooseIndex = (frame: RawFrame, { candidates, opened }: OpenedMaps): Choice => {
  const found = candidates.get(frame.filename ?? '') ?? []
  if (found.length === 0) return { reason: 'no-artifact' }
  const problems: string[] = []
  const fitting: MapIndex[] = []
  for (const map of found) {
    const entry = opened.get(map)!
    if ('problem' in entry) problems.push(entry.problem)
    // A map of another build seldom has something at the very place.
    else if (
      found.length === 1 ||
      entry.index.lookup({ line: frame.lineno ?? 0, column: frame.colno }).status === 'resolved'
    )
      fitting.push(entry.index)
  }
  if (fitting.length === 1) return fitting[0]!
  if (fitting.length === 0 && problems.length > 0) return { reason: 'map-invalid', detail: problems.join('; ') }
  return fitting.length === 0
    ? { reason: 'no-artifact' }
    : { reason: 'ambiguous', detail: found.map((map) => map.name).join(', ') }
}

const toJson = (exceptions: readonly SymbolicatedException[]): string => {
  const shaped = exceptions.map(({ type, value, frames }) => ({
    type: type ?? null,
    value: value ?? null,
    frames: frames.map(frameJson),
  }))
  return `${JSON.stringify({ exceptions: shaped }, null, 2)}\n`
}

const frameJson = (frame: ResolvedFrame): Record<string, unknown> => ({
  function: frame.function ?? null,
  filename: frame.filename ?? null,
  lineno: frame.lineno ?? null,
  colno: frame.colno ?? null,
  contextLine: frame.contextLine ?? null,
  inApp: frame.inApp,
  resolution: frame.resolution,
})

const toText = ({ type, value, frames }: SymbolicatedException): string => {
  const head = [type, value].filter((part) => part !== undefined).join(': ') || 'Error'
  return `${[head, ...frames.map(frameText)].join('\n')}\n`
}

const frameText = (frame: ResolvedFrame): string => {
  const place = [frame.filename ?? '<unknown>', frame.lineno, frame.colno]
    .filter((part) => part !== undefined)
    .join(':')
  const { resolution } = frame
  const within =
    resolution.status === 'resolved' && resolution.within !== undefined
      ? ` [in ${resolution.within}${resolution.role === undefined ? '' : `, ${resolution.role}`}]`
      : ''
  const line = frame.function === undefined ? `    at ${place}${within}` : `    at ${frame.function} (${place})`
  if (resolution.status === 'unresolved') {
    return resolution.reason === 'native'
      ? line
      : `${line}\n        not resolved: ${resolution.advice}${resolution.detail === undefined ? '' : ` (${resolution.detail})`}`
  }
  return frame.inApp && frame.contextLine !== undefined ? `${line}\n${codeText(frame)}` : line
}

/** The line of the frame with two lines on either side. */
const codeText = (frame: ResolvedFrame): string => {
  const before = (frame.preContext ?? []).slice(-2)
  const lines = [...before, frame.contextLine!, ...(frame.postContext ?? []).slice(0, 2)]
  const first = frame.lineno! - before.length
  const width = String(first + lines.length).length
  return lines
    .map((text, i) =>
      `      ${first + i === frame.lineno ? '>' : ' '} ${String(first + i).padStart(width)} | ${text}`.trimEnd(),
    )
    .join('\n')
}
