import { ArtifactsError } from '../artifacts-error.ts'
import { findScripts, type FoundScript } from '../find.ts'
import { readPair } from '../read-pair.ts'
import { findDebugId } from '../stamp.ts'
import { judge, type Answer, type CheckReport, type ScriptVerdict } from './judge.ts'
import { samplePositions, type Position } from './sample-positions.ts'

/** Looks positions up in a map: how many lead to a source, or what is wrong with the map. */
export type LookUp = (map: string, positions: Position[]) => Promise<{ resolved: number } | { fault: string }>

const lookUpAnswer = async (lookUp: LookUp, map: string, positions: Position[]): Promise<Answer> => {
  const result = await lookUp(map, positions)
  return 'fault' in result
    ? { found: false, detail: result.fault, resolved: 0 }
    : { found: true, by: 'folder', ...result }
}

const checkScript = async (script: FoundScript, lookUp: LookUp): Promise<ScriptVerdict> => {
  const pair = await readPair(script)
  const url = script.name
  if (!pair.ok)
    return judge({ url, positions: [] }, { found: false, detail: `${pair.name} ${pair.reason}.`, resolved: 0 })
  const debugId = findDebugId(pair.code)
  const positions = samplePositions(pair.code)
  const checked = { url, positions, ...(debugId === undefined ? {} : { debugId }) }
  return judge(checked, await lookUpAnswer(lookUp, pair.map, positions))
}

/** Says before deploying whether stacks of a folder's scripts will be readable. Throws ArtifactsError when it holds none. */
export const checkFolder = async (folder: string, lookUp: LookUp): Promise<CheckReport> => {
  const { scripts, spareMaps } = await findScripts(folder)
  if (scripts.length === 0)
    throw new ArtifactsError(`There are no scripts in ${folder}. Build first, or pass the folder of the build.`)
  const verdicts: ScriptVerdict[] = []
  for (const script of scripts) verdicts.push(await checkScript(script, lookUp))
  return {
    scripts: verdicts,
    problems: [],
    warnings: spareMaps.map(({ name }) => `${name} belongs to no script in the folder.`),
  }
}
