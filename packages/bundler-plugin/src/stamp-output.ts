import { stamp, stampInline } from '@foghorn/artifacts'
import type { Settings } from './options.ts'

export const isScript = (name: string): boolean => /\.(?:js|mjs|cjs)$/.test(name)

/** One built script, in memory, and its map where that is a file of its own. */
export interface OutputScript {
  name: string
  code: string
  map?: string
}

/** Gives a built script and its map a debug ID. Undefined when there is no map, or none that can be used. */
export const stampOutput = (
  { name, code, map }: OutputScript,
  { problem }: Settings,
): { code: string; map: string } | undefined => {
  const stamped = map === undefined ? stampInline(code) : stamp({ code, map })
  if (stamped?.ok) return stamped
  if (stamped) problem(`The map of ${name} ${stamped.reason}: its stacks will not be readable.`)
  return undefined
}
