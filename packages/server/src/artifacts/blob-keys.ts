import { createHash } from 'node:crypto'
import { INDEX_VERSION } from '@foghorn/symbolicate'
import type { BlobKey } from '../ports/artifact-store.ts'

/** Area of an organization's uploaded chunks: nobody learns whether others have the same bytes. */
export const chunkArea = (organizationId: number): string => `chunk-${organizationId}`

/** A chunk by the SHA-1 of its bytes. */
export const chunkKey = (organizationId: number, checksum: string): BlobKey => ({
  area: chunkArea(organizationId),
  hash: checksum,
})

/** Areas of what stays: the others hold what is on its way. */
export const KEPT_AREAS = ['file', 'index'] as const

/** A stored script or map, gzipped, by the SHA-256 of its content. */
export const fileKey = (hash: string): BlobKey => ({ area: 'file', hash })

/** An index by what it was made from and by whom: a newer engine makes its own. */
export const indexKey = ({ hash, scriptHash }: { hash: string; scriptHash: string | null }): BlobKey => ({
  area: 'index',
  hash: createHash('sha256')
    .update(`${INDEX_VERSION} ${hash} ${scriptHash ?? ''}`)
    .digest('hex'),
})
