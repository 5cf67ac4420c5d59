// Uploads to a test service as sentry-cli does: chunks, then assembly.
import { gzipSync } from 'node:zlib'
import type { TestService } from './harness.ts'
import { sha1, zipBundle } from './zip.ts'

export const DEBUG_ID = 'a63e4dba-e3db-81de-a99f-f34a8ea019de'

/** `minified.js` line 1 column 9 (0-based) is `throw` in source.ts line 2 column 2. */
export const MAP = JSON.stringify({
  version: 3,
  sources: ['../src/source.ts'],
  sourcesContent: ['export const fail = () => {\n  throw new Error("x")\n}\n'],
  names: [],
  mappings: 'AAAA,SACE',
})

export const SCRIPT = 'let f=()=>{throw new Error("x")};f()\n//# sourceMappingURL=app.js.map\n'

export interface Wish {
  url?: string
  debugId?: string | null
  map?: string
  script?: string
  /** Name of the header that names a script's map; tools differ. */
  header?: string
}

/** A bundle of one script and its map. */
export const bundleOf = ({
  url = '~/static/app.js',
  debugId = DEBUG_ID,
  map = MAP,
  script = SCRIPT,
  header = 'sourcemap',
}: Wish = {}): Buffer => {
  const id = debugId === null ? {} : { 'debug-id': debugId }
  const manifest = {
    files: {
      'files/_/_/a.js': { type: 'minified_source', url, headers: { ...id, [header]: `${url.split('/').at(-1)}.map` } },
      'files/_/_/a.js.map': { type: 'source_map', url: `${url}.map`, headers: id },
    },
    org: 'acme',
  }
  return zipBundle([
    { name: 'files/_/_/a.js', content: script },
    { name: 'files/_/_/a.js.map', content: map },
    { name: 'manifest.json', content: JSON.stringify(manifest) },
  ])
}

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` })

export interface Answer {
  status: number
  body: { state?: string; missingChunks?: string[]; detail?: string | null }
}

const read = async (response: Response): Promise<Answer> => ({
  status: response.status,
  body: (await response.json()) as Answer['body'],
})

export interface Part {
  field?: 'file' | 'file_gzip'
  name: string
  bytes: Uint8Array
}

export const sendChunks = async (service: TestService, parts: Part[], token = service.token): Promise<Answer> => {
  const form = new FormData()
  for (const { field = 'file_gzip', name, bytes } of parts) form.append(field, new File([new Uint8Array(bytes)], name))
  return read(
    await service.request('/api/0/organizations/acme/chunk-upload/', {
      method: 'POST',
      body: form,
      headers: bearer(token),
    }),
  )
}

export const assemble = async (service: TestService, body: unknown, token = service.token): Promise<Answer> =>
  read(
    await service.request('/api/0/organizations/acme/artifactbundle/assemble/', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { ...bearer(token), 'content-type': 'application/json' },
    }),
  )

export interface Upload {
  projects?: (string | number)[]
  version?: string
  dist?: string
  /** Bytes of a chunk. Default: all in one. */
  chunkSize?: number
}

const split = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size))

/** The whole sequence; gives the answer to the last request. */
export const upload = async (service: TestService, bundle: Buffer, options: Upload = {}): Promise<Answer> => {
  const { projects = ['shop'], chunkSize = bundle.length, ...names } = options
  const chunks = split(bundle, chunkSize)
  await sendChunks(
    service,
    chunks.map((bytes) => ({ name: sha1(bytes), bytes: gzipSync(bytes) })),
  )
  return assemble(service, { checksum: sha1(bundle), chunks: chunks.map(sha1), projects, ...names })
}
