import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { storeChunk, UPLOAD_LIMITS, type UploadedChunk } from '../artifacts/chunks.ts'
import type { BlobStore } from '../ports/artifact-store.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { clientOrigin } from './client-origin.ts'
import { readBytes } from './read-body.ts'

export interface ChunkUploadDeps {
  blobs: BlobStore
  /** Origin under which people reach the service. */
  publicUrl: () => string
}

const FRAMING_BYTES = 64 * 1024

/** Field names of the parts, and how each is encoded. */
const FIELDS = { file: 'identity', file_gzip: 'gzip' } as const

const parseForm = async (bytes: Buffer, type: string): Promise<FormData> => {
  try {
    return await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData()
  } catch {
    throw new HTTPException(400, { message: 'The body is not multipart/form-data.' })
  }
}

async function* readChunks(form: FormData): AsyncGenerator<UploadedChunk> {
  for (const [field, encoding] of Object.entries(FIELDS))
    for (const part of form.getAll(field)) {
      if (typeof part === 'string') throw new HTTPException(400, { message: `A part named ${field} has no file name.` })
      yield { checksum: part.name, bytes: new Uint8Array(await part.arrayBuffer()), encoding }
    }
}

const countParts = (form: FormData): number =>
  Object.keys(FIELDS).reduce((sum, field) => sum + form.getAll(field).length, 0)

/** How uploaders learn what to send, and where chunks of bundles arrive. */
export const chunkUploadRoutes = ({ blobs, publicUrl }: ChunkUploadDeps) =>
  new Hono<ApiEnv>()
    .get('/organizations/:org/chunk-upload/', authorize('project:releases'), (c) =>
      c.json({
        url: `${clientOrigin(c.req.url, publicUrl())}/api/0/organizations/${c.var.organization.slug}/chunk-upload/`,
        ...UPLOAD_LIMITS,
        hashAlgorithm: 'sha1',
        compression: ['gzip'],
        // sentry-cli 2 falls back to older protocols unless it finds all three.
        accept: ['release_files', 'artifact_bundles', 'artifact_bundles_v2'],
      }),
    )
    .post('/organizations/:org/chunk-upload/', authorize('project:releases'), async (c) => {
      const limit = UPLOAD_LIMITS.maxRequestSize + FRAMING_BYTES
      const form = await parseForm(await readBytes(c.req, limit), c.req.header('content-type') ?? '')
      if (countParts(form) > UPLOAD_LIMITS.chunksPerRequest)
        throw new HTTPException(400, {
          message: `Send at most ${UPLOAD_LIMITS.chunksPerRequest} chunks in one request.`,
        })
      for await (const chunk of readChunks(form)) {
        const fault = await storeChunk(blobs, c.var.organization.id, chunk)
        if (fault) throw new HTTPException(fault.status, { message: fault.reason })
      }
      return c.json({})
    })
