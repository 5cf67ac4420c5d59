import { existsSync } from 'node:fs'
import { recount } from '../adapters/sql/recount.ts'
import { postgresOf } from '../choose-database.ts'
import type { Config } from '../config.ts'
import { mainFile } from '../data-folder.ts'
import { artifacts } from './artifacts.ts'
import { bucket } from './bucket.ts'
import { clock } from './clock.ts'
import { counters } from './counters.ts'
import { database } from './database.ts'
import { databases, indexes, schema } from './databases.ts'
import { disk } from './disk.ts'
import type { Check, Finding } from './finding.ts'
import { folder } from './folder.ts'
import { inbox } from './inbox.ts'
import { signOn } from './sign-on.ts'
import { withStore } from './with-store.ts'
import { configuration, runtime } from './runtime.ts'
import { upgrade } from '../upgrade.ts'

const ALWAYS: readonly Check[] = [runtime, configuration, folder]
const OF_A_FOLDER: readonly Check[] = [disk, databases, schema]
const OF_A_SOUND_STORE: readonly Check[] = [indexes, inbox, clock, counters, artifacts]

const run = async (check: Check, config: Config): Promise<Finding[]> => {
  try {
    return await check.look(config)
  } catch (error) {
    const finding = `This could not be looked at: ${(error as Error).message}`
    return [{ check: check.name, severity: 'error', finding, advice: 'Put that right, then run foghorn doctor again.' }]
  }
}

const runAll = async (checks: readonly Check[], config: Config): Promise<Finding[]> => {
  const found: Finding[] = []
  for (const check of checks) found.push(...(await run(check, config)))
  return found
}

const isFine = (findings: readonly Finding[], name: string): boolean =>
  findings.every(({ check, severity }) => check !== name || severity === 'ok')

const cannotBeUsed = (findings: readonly Finding[], name: string): boolean =>
  findings.some(({ check, severity }) => check === name && severity === 'error')

const hasStore = ({ data, databaseUrl }: Config): boolean =>
  existsSync(databaseUrl === undefined ? mainFile(data) : data)

/** The looks that cost nothing, for every start of the service. */
export const examineStart = (config: Config): Promise<Finding[]> => runAll([...ALWAYS, disk], config)

/** Looks at an installation, whether its service runs or not, and changes nothing. */
export const examine = async (config: Config): Promise<Finding[]> => {
  const findings = await runAll([...ALWAYS, signOn, bucket, database], config)
  if (!hasStore(config) || cannotBeUsed(findings, 'database')) return findings
  findings.push(...(await runAll(OF_A_FOLDER, config)))
  // Questions to a store that is broken or of another version would only repeat that.
  if (isFine(findings, 'databases') && isFine(findings, 'schema'))
    findings.push(...(await runAll(OF_A_SOUND_STORE, config)))
  return findings
}

/** Sets the counters of all issues to what a recount gives; tells how many issues were wrong. */
export const countAgain = async (config: Config): Promise<number> => {
  await upgrade(config.data, postgresOf(config))
  return withStore(config, recount)
}
