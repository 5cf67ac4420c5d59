import { statfs } from 'node:fs/promises'
import type { Check } from './finding.ts'

const GIGABYTE = 1e9
const LOW_BYTES = 2 * GIGABYTE
const EMPTY_BYTES = GIGABYTE / 5

export const disk: Check = {
  name: 'disk',
  look: async ({ data }) => {
    const { bavail, bsize } = await statfs(data)
    const free = bavail * bsize
    const finding = `${(free / GIGABYTE).toFixed(1)} GB are free where ${data} is.`
    if (free > LOW_BYTES) return [{ check: 'disk', severity: 'ok', finding }]
    return [
      {
        check: 'disk',
        severity: free < EMPTY_BYTES ? 'error' : 'warning',
        finding,
        advice: 'Make room, or keep less: FOGHORN_RETENTION_DAYS, FOGHORN_RETENTION_MEGABYTES.',
      },
    ]
  },
}
