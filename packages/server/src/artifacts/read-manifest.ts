import * as v from 'valibot'
import { ArchiveFault, type Archive } from './read-archive.ts'

const NAME = 'manifest.json'
const BYTES = 32 * 1024 * 1024

const Headers = v.pipe(
  v.record(v.string(), v.unknown()),
  // Header names come as `sourcemap` and as `Sourcemap`, depending on the tool.
  v.transform(
    (headers) => new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
  ),
)

const ManifestFile = v.object({
  type: v.optional(v.string(), ''),
  url: v.optional(v.pipe(v.string(), v.maxLength(4096)), ''),
  headers: v.nullish(Headers),
})

const Manifest = v.object({
  files: v.record(v.string(), ManifestFile),
})

export interface ListedFile {
  /** Name of its entry in the archive; it means nothing else. */
  entry: string
  kind: 'script' | 'map'
  url: string
  /** 32 hex digits. */
  debugId: string | null
  /** Scripts: their map, relative to their address. */
  sourceMap: string | null
}

const KINDS: Record<string, 'script' | 'map'> = { minified_source: 'script', source: 'script', source_map: 'map' }

const hex = (id: string | undefined): string | null => {
  const digits = (id ?? '').toLowerCase().replaceAll('-', '').slice(0, 32)
  return /^[\da-f]{32}$/.test(digits) ? digits : null
}

const toListed = ([entry, file]: [string, v.InferOutput<typeof ManifestFile>]): ListedFile[] => {
  const kind = KINDS[file.type]
  if (!kind) return []
  const sourceMap = file.headers?.get('sourcemap') ?? null
  return [{ entry, kind, url: file.url, debugId: hex(file.headers?.get('debug-id')), sourceMap }]
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new ArchiveFault(`${NAME} is not JSON.`)
  }
}

/**
 * Reads what a bundle says of its files. Kinds that resolve nothing are left out; release and dist come with the request
 * to assemble. Throws ArchiveFault.
 */
export const readManifest = async (archive: Archive): Promise<ListedFile[]> => {
  const bytes = await archive.read(NAME)
  if (bytes.length > BYTES) throw new ArchiveFault(`${NAME} is larger than ${BYTES} bytes.`)
  const parsed = v.safeParse(Manifest, parse(bytes.toString('utf8')))
  if (!parsed.success)
    throw new ArchiveFault(`${NAME} does not fit: ${v.getDotPath(parsed.issues[0]) ?? 'its top level'} is wrong.`)
  const files = Object.entries(parsed.output.files).flatMap(toListed)
  const absent = files.find(({ entry }) => !archive.names.has(entry))
  if (absent)
    throw new ArchiveFault(`${NAME} lists ${JSON.stringify(absent.entry.slice(0, 200))}, which the archive lacks.`)
  return files
}
