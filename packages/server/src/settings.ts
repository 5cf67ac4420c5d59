// What an operator can set, once: the environment, the flags, the file and `foghorn config` all follow from this table.
import * as v from 'valibot'
import { isNetwork } from './outbound/listed-networks.ts'
import { BUCKET_SETTINGS } from './bucket-settings.ts'
import { DATABASE_SETTINGS } from './database-settings.ts'
import { NATS_SETTINGS } from './nats-settings.ts'
import { ROLE_SETTINGS } from './role-settings.ts'
import { listOf, Origin, wholeNumber, type Setting } from './setting-schemas.ts'

const DAYS_IN_A_CENTURY = 36_525
const MAX_EVENTS = 1_000_000_000
const MAX_MEGABYTES = 100_000_000

/** What a provider says is only worth something when it comes from the provider; on this machine it does. */
const isUntouched = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))

const Issuer = v.pipe(
  v.string(),
  v.check(
    (text) => URL.canParse(text) && isUntouched(new URL(text)),
    'must be an https URL such as https://accounts.example.com',
  ),
)

const Domain = v.pipe(
  v.string(),
  v.toLowerCase(),
  v.regex(/^(?:[a-z\d-]{1,63}\.)+[a-z\d-]{2,63}$/, 'must be domains such as example.com, with commas between'),
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
    schema: v.optional(listOf(Origin), ''),
    about: 'origins, with commas between, whose public source maps are fetched when none was uploaded',
  },
  metricsToken: {
    variable: 'FOGHORN_METRICS_TOKEN',
    schema: v.optional(
      v.pipe(atLeast16, v.regex(/^[!-~]+$/, 'must be ASCII without spaces, or no header can carry it')),
    ),
    about: 'bearer token that opens /metrics; unset: only this machine may read it',
    secret: true,
  },
  smtpUrl: {
    variable: 'FOGHORN_SMTP_URL',
    schema: v.optional(
      v.pipe(v.string(), v.regex(/^smtps?:\/\//, 'must be like smtps://user:password@mail.example.com')),
    ),
    about: 'mail server that alerts are sent by',
    secret: true,
  },
  mailFrom: {
    variable: 'FOGHORN_MAIL_FROM',
    schema: v.optional(v.pipe(v.string(), v.maxLength(200))),
    about: 'sender of mails, such as Foghorn <errors@example.com>',
  },
  alertNetworks: {
    variable: 'FOGHORN_ALERT_NETWORKS',
    schema: v.optional(
      listOf(v.pipe(v.string(), v.check(isNetwork, 'must be networks such as 10.0.0.0/8, with commas between'))),
      '',
    ),
    about:
      'networks that are not public to which alerts may be sent and where tickets may be kept, with commas between',
  },
  extensions: {
    variable: 'FOGHORN_EXTENSIONS',
    schema: v.optional(listOf(v.string()), ''),
    about: 'modules, with commas between, that add notifiers, ticket systems, enrichers and maskers of your own',
  },
  secretKey: {
    variable: 'FOGHORN_SECRET_KEY',
    schema: v.optional(atLeast16),
    about: 'key that seals secrets of channels; unset: secret.key in the data folder',
    secret: true,
  },
  oidcIssuer: {
    variable: 'FOGHORN_OIDC_ISSUER',
    schema: v.optional(Issuer),
    about: 'provider of identities (OpenID Connect) for single sign-on',
  },
  oidcClientId: {
    variable: 'FOGHORN_OIDC_CLIENT_ID',
    schema: v.optional(v.pipe(v.string(), v.maxLength(500))),
    about: 'what the provider calls this service',
  },
  oidcClientSecret: {
    variable: 'FOGHORN_OIDC_CLIENT_SECRET',
    schema: v.optional(v.string()),
    about: 'what this service proves itself with; unset: by PKCE alone',
    secret: true,
  },
  oidcName: {
    variable: 'FOGHORN_OIDC_NAME',
    schema: v.optional(v.pipe(v.string(), v.maxLength(40, 'must be at most 40 characters')), 'single sign-on'),
    about: 'what the log-in page calls the provider',
  },
  oidcDomains: {
    variable: 'FOGHORN_OIDC_DOMAINS',
    schema: v.optional(listOf(Domain), ''),
    about: 'domains of e-mail addresses, with commas between, that need no invitation',
  },
  oidcRole: {
    variable: 'FOGHORN_OIDC_ROLE',
    schema: v.optional(v.picklist(['viewer', 'member', 'admin'], 'must be viewer, member or admin'), 'member'),
    about: 'role of those who come without an invitation',
  },
  oidcOrganization: {
    variable: 'FOGHORN_OIDC_ORGANIZATION',
    schema: v.optional(v.string()),
    about: 'slug of the organization that they join; unset: the only one',
  },
  ...ROLE_SETTINGS,
  ...DATABASE_SETTINGS,
  ...BUCKET_SETTINGS,
  ...NATS_SETTINGS,
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof SETTINGS

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[]

type Schemas = { [Name in SettingName]: (typeof SETTINGS)[Name]['schema'] }

/** All settings as one schema. */
export const Settings = v.object(
  Object.fromEntries(SETTING_NAMES.map((name) => [name, SETTINGS[name].schema])) as unknown as Schemas,
)
