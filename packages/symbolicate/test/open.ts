import {
  bufferReader,
  buildIndex,
  openIndex,
  type BuildOptions,
  type MapIndex,
  type MapReport,
} from '@foghorn/symbolicate'

/** Builds and opens the index of a map that must be fit for it. */
export const open = async (
  map: string | Uint8Array,
  options?: BuildOptions,
): Promise<MapIndex & { report: MapReport }> => {
  const built = await buildIndex(map, options)
  if (!built.ok) throw new Error(built.reason)
  return Object.assign(openIndex(bufferReader(built.index))!, { report: built.report })
}
