import type { FindMap, MapAnswer, MapQuery } from '../ports/find-map.ts'

const keyOf = ({ projectId, release, dist, images }: MapQuery, script: string): string =>
  JSON.stringify([projectId, release, dist, script, images.find((image) => image.code_file === script)?.debug_id])

/** Where a map was found by its place, another frame of the script may point to another. */
const holdsForScript = (answer: MapAnswer): boolean =>
  'index' in answer ? answer.by === 'debug-id' : answer.reason === 'no-artifact'

/** Asks once for each script. For a short time: an answer changes when maps are uploaded. */
export const rememberMaps = (find: FindMap): FindMap => {
  const known = new Map<string, MapAnswer>()
  return async (query, frame) => {
    const key = keyOf(query, frame.filename ?? '')
    const answer = known.get(key) ?? (await find(query, frame))
    if (holdsForScript(answer)) known.set(key, answer)
    return answer
  }
}
