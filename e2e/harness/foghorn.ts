import { execFile, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const BIN = fileURLToPath(new URL('../../packages/cli/bin/foghorn.js', import.meta.url))

export type Environment = Record<string, string>

/** Settings of whoever runs the tests must not reach the programs under test. */
const isForeign = (name: string) => name.startsWith('FOGHORN_') || name.startsWith('SENTRY_')

const withEnvironment = (environment: Environment): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !isForeign(name))),
  ...environment,
})

/** Runs one `foghorn` command to its end; gives what it printed. Rejects when it fails. */
export const foghorn = async (args: string[], environment: Environment = {}): Promise<string> => {
  const { stdout } = await promisify(execFile)(process.execPath, [BIN, ...args], { env: withEnvironment(environment) })
  return stdout
}

/** Starts a `foghorn` command that stays, where a command runs that begins `within` something. */
export const spawnFoghorn = (args: string[], environment: Environment = {}, within: readonly string[] = []) => {
  const [file = BIN, ...rest] = [...within, BIN, ...args]
  return spawn(file, rest, { env: withEnvironment(environment), stdio: ['ignore', 'pipe', 'pipe'] })
}
