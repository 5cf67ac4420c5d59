import type { BlobKey } from '../ports/artifact-store.ts'

const AREA = /^[a-z]+(?:-\d+)?$/
const HASH = /^[\da-f]{40,64}$/

export const isHash = (name: string): boolean => HASH.test(name)

/** Where an area's blobs lie, below whatever holds them all. */
export const areaPath = (area: string): string => {
  if (!AREA.test(area)) throw new TypeError('A blob area has an impossible name.')
  return area
}

/** Where a blob lies: spread by the first two digits of its hash. The same in every store, so that blobs can be copied. */
export const blobPath = ({ area, hash }: BlobKey): string => {
  if (!isHash(hash)) throw new TypeError('A blob key is no hash.')
  return `${areaPath(area)}/${hash.slice(0, 2)}/${hash}`
}
