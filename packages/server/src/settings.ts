// What an operator can set, once: the environment, the flags, the file and `foghorn config` all follow from this table.
import * as v from 'valibot'

export interface Setting {
  /** Its name in the environment. */
  variable: string
  /** Its name on the command line, where it has one. */
  flag?: string
  /** Reads the text that was set; has the default. Its messages say what is allowed. */
  schema: v.GenericSchema<string | undefined, unknown>
  /** What it decides, in a few words. */
  about: string
  /** Shown to nobody. */
  secret?: true
}

const wholeNumber = (from: number, to: number) => {
  const message = `must be a whole number from ${from} to ${to}`
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,15}$/, message),
    v.transform(Number),
    v.minValue(from, message),
    v.maxValue(to, message),
  )
}

const DAYS_IN_A_CENTURY = 36_525
const MAX_EVENTS = 1_000_000_000
const MAX_MEGABYTES = 100_000_000

const Origin = v.pipe(
  v.string(),
  v.check(
    (text) => /^https?:\/\//i.test(text) && URL.canParse(text),
    'must be a URL such as https://errors.example.com',
  ),
  v.transform((text) => new URL(text).origin),
)

const Origins = v.pipe(
  v.string(),
  v.transform((text) =>
    text
      .split(',')
      .map((origin) => origin.trim())
      .filter(Boolean),
  ),
  v.array(Origin),
)

const atLeast16 = v.pipe(v.string(), v.minLength(16, 'must have at least 16 characters'))

export const SETTINGS = {
  port: {
    variable: 'FOGHORN_PORT',
    flag: '--port',
    schema: v.optional(wholeNumber(0, 65_535), '4300'),
    about: 'port to listen on; 0 takes a free one',
  },
  host: {
    variable: 'FOGHORN_HOST',
    flag: '--host',
    schema: v.optional(v.string(), '127.0.0.1'),
    about: 'address to listen on',
  },
  data: {
    variable: 'FOGHORN_DATA',
    flag: '--data',
    schema: v.optional(v.string(), './foghorn-data'),
    about: 'folder that holds everything',
  },
  publicUrl: {
    variable: 'FOGHORN_PUBLIC_URL',
    schema: v.optional(Origin),
    about: 'origin under which browsers and people reach the service',
  },
  logFormat: {
    variable: 'FOGHORN_LOG_FORMAT',
    schema: v.optional(v.picklist(['json', 'pretty'], 'must be json or pretty')),
    about: 'pretty on a terminal, else json',
  },
  retentionDays: {
    variable: 'FOGHORN_RETENTION_DAYS',
    schema: v.optional(wholeNumber(1, DAYS_IN_A_CENTURY), '90'),
    about: 'days that events are kept, where a project does not say otherwise',
  },
  retentionEvents: {
    variable: 'FOGHORN_RETENTION_EVENTS',
    schema: v.optional(wholeNumber(1000, MAX_EVENTS), '1000000'),
    about: 'events kept of each project',
  },
  retentionMegabytes: {
    variable: 'FOGHORN_RETENTION_MEGABYTES',
    schema: v.optional(wholeNumber(10, MAX_MEGABYTES), '10000'),
    about: 'megabytes of events kept of each project',
  },
  artifactDays: {
    variable: 'FOGHORN_ARTIFACT_DAYS',
    schema: v.optional(wholeNumber(1, DAYS_IN_A_CENTURY), '365'),
    about: 'days that uploaded source maps are kept after they were last used',
  },
  artifactMegabytes: {
    variable: 'FOGHORN_ARTIFACT_MEGABYTES',
    schema: v.optional(wholeNumber(10, MAX_MEGABYTES), '20000'),
    about: 'megabytes of scripts and maps that a project may keep',
  },
  fetchMapsFrom: {
    variable: 'FOGHORN_FETCH_MAPS_FROM',
    schema: v.optional(Origins, ''),
    about: 'origins, with commas between, whose public source maps are fetched when none was uploaded',
  },
  metricsToken: {
    variable: 'FOGHORN_METRICS_TOKEN',
    schema: v.optional(atLeast16),
    about: 'bearer token that opens /metrics; unset: only this machine may read it',
    secret: true,
  },
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof SETTINGS

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[]

type Schemas = { [Name in SettingName]: (typeof SETTINGS)[Name]['schema'] }

/** All settings as one schema. */
export const Settings = v.object(
  Object.fromEntries(SETTING_NAMES.map((name) => [name, SETTINGS[name].schema])) as unknown as Schemas,
)
