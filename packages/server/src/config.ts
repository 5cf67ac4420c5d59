import { resolve } from 'node:path'
import * as v from 'valibot'

const Port = v.pipe(
  v.string(),
  v.regex(/^\d{1,5}$/, 'must be a whole number from 0 to 65535'),
  v.transform(Number),
  v.maxValue(65_535, 'must be a whole number from 0 to 65535'),
)

const Settings = v.object({
  port: v.optional(Port, '4300'),
  host: v.optional(v.string(), '127.0.0.1'),
  data: v.optional(v.string(), './foghorn-data'),
  publicUrl: v.optional(v.pipe(v.string(), v.url('must be a URL such as https://errors.example.com'))),
  logFormat: v.optional(v.picklist(['json', 'pretty'], 'must be json or pretty')),
})

/** What the operator decides. Read once, at the start. */
export interface Config {
  port: number
  host: string
  /** Absolute path of the folder that holds everything the service keeps. */
  data: string
  /** Origin under which browsers and people reach the service; unset: the address it listens on. */
  publicUrl?: string
  /** Whether the port or public URL was chosen, or is the default. */
  addressChosen: boolean
  logFormat: 'json' | 'pretty'
}

const FLAGS = ['port', 'host', 'data'] as const

export type Flags = { [name in (typeof FLAGS)[number]]?: string | undefined }

/** A setting that cannot be used: names it, what was found wrong and where it is set. */
export class ConfigError extends Error {}

const VARIABLES = {
  port: 'FOGHORN_PORT',
  host: 'FOGHORN_HOST',
  data: 'FOGHORN_DATA',
  publicUrl: 'FOGHORN_PUBLIC_URL',
  logFormat: 'FOGHORN_LOG_FORMAT',
} as const

type Environment = Record<string, string | undefined>

const collect = (env: Environment, flags: Flags): Record<string, string> => {
  const settings: Record<string, string> = {}
  for (const [name, variable] of Object.entries(VARIABLES)) {
    const value = flags[name as keyof Flags] ?? env[variable]
    if (value !== undefined && value !== '') settings[name] = value
  }
  return settings
}

const describe = (issue: v.BaseIssue<unknown>): string => {
  const name = v.getDotPath(issue) as keyof typeof VARIABLES
  const flag = (FLAGS as readonly string[]).includes(name) ? ` (or --${name})` : ''
  return `${VARIABLES[name]}${flag} ${issue.message}; found ${JSON.stringify(issue.input)}`
}

/** Settings from flags, else from the environment, else the defaults. Throws ConfigError naming every bad one. */
export const readConfig = (env: Environment, flags: Flags = {}): Config => {
  const collected = collect(env, flags)
  const parsed = v.safeParse(Settings, collected)
  if (!parsed.success) throw new ConfigError(parsed.issues.map(describe).join('\n'))
  const { publicUrl, logFormat, data, ...rest } = parsed.output
  return {
    ...rest,
    data: resolve(data),
    ...(publicUrl === undefined ? {} : { publicUrl: new URL(publicUrl).origin }),
    addressChosen: collected['port'] !== undefined || publicUrl !== undefined,
    logFormat: logFormat ?? (process.stdout.isTTY ? 'pretty' : 'json'),
  }
}
