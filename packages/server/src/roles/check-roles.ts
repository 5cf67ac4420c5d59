import { ConfigError, type Config } from '../config.ts'
import { PROCESS_ROLES, type ProcessRole } from '../role-settings.ts'
import { SETTINGS, type SettingName } from '../settings.ts'

/** Whether the data folder holds anything that is nowhere else: then it belongs to one process. */
export const isFolderStore = ({ databaseUrl, queueUrl }: Config): boolean =>
  databaseUrl === undefined || queueUrl.length === 0

type Need = readonly [SettingName, what: string]

/** What several processes have to share. */
const SHARED: readonly Need[] = [
  ['databaseUrl', 'the PostgreSQL database of all processes'],
  ['queueUrl', 'the NATS servers that hold the inbox of all processes'],
]

/** What has to be the same in all processes of these roles, and would be made up by each one otherwise. */
const PEOPLES: readonly Need[] = [
  ['publicUrl', 'the origin under which people reach the service, whichever process answers'],
  ['secretKey', 'the key that seals secrets, the same in every process of these roles'],
]

const isUnset = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.length === 0)

/** Throws ConfigError unless a process that does a part of the work has what it must share with the others. */
export const checkRoles = (config: Config): void => {
  const roles: readonly ProcessRole[] = config.role
  if (PROCESS_ROLES.every((role) => roles.includes(role))) return
  const needs = [...SHARED, ...(roles.includes('web') || roles.includes('scheduler') ? PEOPLES : [])]
  const missing = needs.filter(([name]) => isUnset(config[name]))
  if (missing.length === 0) return
  const what = missing.map(([name, about]) => `${SETTINGS[name].variable} (${about})`).join(', ')
  throw new ConfigError(
    `This process is to be ${roles.join(', ')} alone, so others do the rest, and it must be told what they share: ${what}. Set that, or leave --role out for one process that does everything.`,
  )
}
