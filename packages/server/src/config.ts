import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import * as v from 'valibot'
import type { Limits } from './ports/retention.ts'
import type { Setting } from './setting-schemas.ts'
import { SETTING_NAMES, SETTINGS, Settings, type SettingName } from './settings.ts'
import { withoutSecrets } from './ingest/secrets/without-secrets.ts'

type Read = v.InferOutput<typeof Settings>

/** What the operator decides. Read once, at the start. `data` is an absolute path; `settings.ts` tells what each is. */
export interface Config extends Omit<Read, 'logFormat'> {
  logFormat: 'json' | 'pretty'
  /** Whether the port or public URL was chosen, or is the default. */
  addressChosen: boolean
}

/** Settings given on the command line; `config` names a file. */
export type Flags = { [name in SettingName | 'config']?: string | undefined }

/** A setting that cannot be used: names it, what was found wrong and where it is set. */
export class ConfigError extends Error {}

type Environment = Record<string, string | undefined>

type Source = 'flag' | 'environment' | 'file' | 'default'

interface Found {
  text: string
  source: Source
}

const FILE = 'foghorn.config.json'

const isPlain = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number'

const unknownSetting = (file: string, name: string): string =>
  `${file} sets ${JSON.stringify(name)}, which is no setting. Choose from: ${SETTING_NAMES.join(', ')}`

const parseFile = (file: string): object => {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new ConfigError(
      `${file} cannot be read: ${(error as Error).message}. It holds one JSON object, such as {"port": 4300}.`,
      { cause: error },
    )
  }
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json
  throw new ConfigError(`${file} must hold one JSON object, such as {"port": 4300}.`)
}

/** A path in the file counts from where the file is, so that it means the same wherever the service is started. */
const textOf = (file: string, name: string, value: string | number): string =>
  name === 'data' ? resolve(dirname(file), String(value)) : String(value)

const readFile = (file: string): Environment => {
  const settings: Environment = {}
  const wrong: string[] = []
  for (const [name, value] of Object.entries(parseFile(file)))
    if (!Object.hasOwn(SETTINGS, name)) wrong.push(unknownSetting(file, name))
    else if (!isPlain(value)) wrong.push(`${name} in ${file} must be a text or a number`)
    else settings[name] = textOf(file, name, value)
  if (wrong.length > 0) throw new ConfigError(wrong.join('\n'))
  return settings
}

const chosenFile = (env: Environment, flags: Flags): string | undefined => {
  const named = flags.config ?? env['FOGHORN_CONFIG']
  if (named) return resolve(named)
  return existsSync(FILE) ? resolve(FILE) : undefined
}

const find = (name: SettingName, env: Environment, flags: Flags, file: Environment): Found | undefined => {
  const candidates: [Source, string | undefined][] = [
    ['flag', flags[name]],
    ['environment', env[SETTINGS[name].variable]],
    ['file', file[name]],
  ]
  const [source, text] = candidates.find(([, value]) => value !== undefined && value !== '') ?? []
  return source === undefined || text === undefined ? undefined : { source, text }
}

type Collected = { [name in SettingName]?: Found }

const collect = (env: Environment, flags: Flags): Collected => {
  const path = chosenFile(env, flags)
  const file = path === undefined ? {} : readFile(path)
  const collected: Collected = {}
  for (const name of SETTING_NAMES) {
    const found = find(name, env, flags, file)
    if (found) collected[name] = found
  }
  return collected
}

const describe = (issue: v.BaseIssue<unknown>, collected: Collected): string => {
  const name = issue.path![0].key as SettingName
  const { variable, flag, secret }: Setting = SETTINGS[name]
  const inFile = collected[name]?.source === 'file' ? `, ${name} in the file` : ''
  // An address may hold a password where none belongs.
  const found = secret ? '' : `; found ${withoutSecrets(JSON.stringify(issue.input))}`
  return `${variable}${flag ? ` (or ${flag})` : ''}${inFile} ${issue.message}${found}`
}

/** Settings that mean nothing without another, with what that one is. */
const NEEDS: readonly [SettingName, needed: SettingName, what: string][] = [
  ['oidcIssuer', 'oidcClientId', 'the name that the provider gave this service'],
  ['oidcClientId', 'oidcIssuer', 'the address of the provider'],
  ['smtpUrl', 'mailFrom', 'who mails are from'],
  ['s3Endpoint', 's3Bucket', 'the bucket for uploaded files'],
  ['s3Key', 's3Bucket', 'the bucket that the key opens'],
  ['s3Key', 's3Secret', 'the secret of the key'],
  ['s3Secret', 's3Key', 'the key that the secret belongs to'],
  ['databaseDirectUrl', 'databaseUrl', 'the address by which the stores reach it'],
  ['databaseReadUrl', 'databaseUrl', 'the database that it is a replica of'],
  ['natsUser', 'natsPassword', 'the password of that user'],
  ['natsPassword', 'natsUser', 'the user whose password it is'],
  ['natsCertificate', 'natsCertificateKey', 'the file of its key'],
  ['natsCertificateKey', 'natsCertificate', 'the file of the certificate of that key'],
]

const checked = (read: Read): Read => {
  for (const [name, needed, what] of NEEDS)
    if (read[name] !== undefined && read[needed] === undefined)
      throw new ConfigError(`${SETTINGS[name].variable} is set, so ${SETTINGS[needed].variable} must be: ${what}.`)
  return read
}

const parse = (collected: Collected): Read => {
  const texts = Object.fromEntries(Object.entries(collected).map(([name, { text }]) => [name, text]))
  const parsed = v.safeParse(Settings, texts)
  if (parsed.success) return checked(parsed.output)
  throw new ConfigError(parsed.issues.map((issue) => describe(issue, collected)).join('\n'))
}

const toConfig = (collected: Collected): Config => {
  const read = parse(collected)
  return {
    ...read,
    data: resolve(read.data),
    addressChosen: collected.port !== undefined || read.publicUrl !== undefined,
    logFormat: read.logFormat ?? (process.stdout.isTTY ? 'pretty' : 'json'),
  }
}

/** Settings from flags, else the environment, else the file, else the defaults. Throws ConfigError naming every bad one. */
export const readConfig = (env: Environment, flags: Flags = {}): Config => toConfig(collect(env, flags))

/** What is kept of a project that says nothing of that. */
export const limitsOf = ({ retentionDays, retentionEvents, retentionMegabytes }: Config): Limits => ({
  days: retentionDays,
  events: retentionEvents,
  megabytes: retentionMegabytes,
})

/** One setting as it is in force. */
export interface EffectiveSetting {
  name: string
  variable: string
  /** A secret shows only that it is set. Empty when nothing is set and there is no default. */
  value: string
  source: Source
  about: string
}

/** Every setting with its value and where that comes from. Throws ConfigError like `readConfig`. */
export const effectiveSettings = (env: Environment, flags: Flags = {}): EffectiveSetting[] => {
  const collected = collect(env, flags)
  const config = toConfig(collected)
  return SETTING_NAMES.map((name) => {
    const { variable, secret, about }: Setting = SETTINGS[name]
    const value = String(config[name] ?? '')
    const shown = secret && value !== '' ? '(hidden)' : value
    return { name, variable, value: shown, source: collected[name]?.source ?? 'default', about }
  })
}
