import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { bucketOf } from '../src/choose-blobs.ts'
import { natsOf } from '../src/choose-inbox.ts'
import { effectiveSettings, readConfig } from '../src/config.ts'
import { checkRoles } from '../src/roles/check-roles.ts'

const configFile = (text: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'foghorn-config-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'foghorn.config.json')
  writeFileSync(file, text)
  return file
}

test('needs nothing', () => {
  expect(readConfig({})).toMatchObject({
    port: 4300,
    host: '127.0.0.1',
    data: resolve('foghorn-data'),
    addressChosen: false,
  })
})

test('flags win over the environment', () => {
  const env = { FOGHORN_PORT: '1', FOGHORN_DATA: '/a', FOGHORN_PUBLIC_URL: 'https://errors.example.com/' }
  expect(readConfig(env, { port: '2', data: undefined })).toMatchObject({
    port: 2,
    data: '/a',
    publicUrl: 'https://errors.example.com',
    addressChosen: true,
  })
})

test('every bad setting is named, with what was found and where it is set', () => {
  expect(() => readConfig({ FOGHORN_PORT: 'many', FOGHORN_PUBLIC_URL: 'nowhere', FOGHORN_LOG_FORMAT: 'xml' })).toThrow(
    [
      'FOGHORN_PORT (or --port) must be a whole number from 0 to 65535; found "many"',
      'FOGHORN_PUBLIC_URL must be a URL such as https://errors.example.com; found "nowhere"',
      'FOGHORN_LOG_FORMAT must be json or pretty; found "xml"',
    ].join('\n'),
  )
  expect(() => readConfig({}, { port: '65536' })).toThrow('65535')
})

test.each([
  [{ FOGHORN_OIDC_ISSUER: 'http://id.example.com' }, 'FOGHORN_OIDC_ISSUER must be an https URL'],
  [{ FOGHORN_OIDC_ISSUER: 'https://id.example.com' }, 'FOGHORN_OIDC_CLIENT_ID must be: the name that the provider'],
  [{ FOGHORN_OIDC_CLIENT_ID: 'foghorn' }, 'FOGHORN_OIDC_ISSUER must be: the address of the provider'],
  [{ FOGHORN_OIDC_ROLE: 'owner' }, 'FOGHORN_OIDC_ROLE must be viewer, member or admin; found "owner"'],
  [{ FOGHORN_OIDC_DOMAINS: 'a.test, @b.test' }, 'FOGHORN_OIDC_DOMAINS must be domains such as example.com'],
])('single sign-on set up as %j is refused with what is missing', (env, message) => {
  expect(() => readConfig(env as Record<string, string>)).toThrow(message)
})

test.each([
  [{ FOGHORN_S3_KEY: 'AKIA', FOGHORN_S3_SECRET: 's' }, 'FOGHORN_S3_KEY is set, so FOGHORN_S3_BUCKET must be'],
  [{ FOGHORN_S3_BUCKET: 'maps', FOGHORN_S3_KEY: 'AKIA' }, 'FOGHORN_S3_SECRET must be: the secret of the key'],
  [{ FOGHORN_S3_BUCKET: 'maps', FOGHORN_S3_SECRET: 's' }, 'FOGHORN_S3_KEY must be: the key that the secret'],
  [{ FOGHORN_S3_ENDPOINT: 'https://s3.example.com' }, 'FOGHORN_S3_BUCKET must be: the bucket'],
  [{ FOGHORN_S3_BUCKET: 'Maps of shop' }, 'FOGHORN_S3_BUCKET must be the name of a bucket'],
  [{ FOGHORN_S3_BUCKET: 'maps', FOGHORN_S3_PREFIX: '../other' }, 'FOGHORN_S3_PREFIX must be like foghorn/uploads'],
  [{ FOGHORN_S3_BUCKET: 'maps', FOGHORN_S3_PATH_STYLE: 'maybe' }, 'FOGHORN_S3_PATH_STYLE must be yes or no'],
])('a bucket set up as %j is refused with what is missing', (env, message) => {
  expect(() => readConfig(env as Record<string, string>)).toThrow(message)
})

test.each([
  [{ FOGHORN_QUEUE_URL: 'nats://a:4222, http://b' }, 'FOGHORN_QUEUE_URL must be servers such as nats://'],
  [{ FOGHORN_QUEUE_URL: 'nats://u:p@a:4222' }, 'FOGHORN_QUEUE_URL must be servers such as nats://'],
  [{ FOGHORN_NATS_NAME: 'fog.horn' }, 'FOGHORN_NATS_NAME must be of letters'],
  [{ FOGHORN_NATS_REPLICAS: '7' }, 'FOGHORN_NATS_REPLICAS must be a whole number from 1 to 5'],
  [{ FOGHORN_NATS_USER: 'u' }, 'FOGHORN_NATS_PASSWORD must be: the password of that user'],
  [{ FOGHORN_NATS_CERTIFICATE: 'a.pem' }, 'FOGHORN_NATS_CERTIFICATE_KEY must be: the file of its key'],
])('NATS set up as %j is refused with what is missing', (env, message) => {
  expect(() => readConfig(env as Record<string, string>)).toThrow(message)
})

test.each([
  ['web, cook', 'FOGHORN_ROLE (or --role) must be web, ingest, worker, scheduler'],
  [',', 'FOGHORN_ROLE (or --role) must name at least one role'],
])('the role %j is refused with what is allowed', (role, message) => {
  expect(() => readConfig({ FOGHORN_ROLE: role })).toThrow(message)
})

test('a process has every role unless it is given some', () => {
  const all = ['web', 'ingest', 'worker', 'scheduler']
  expect([readConfig({}).role, readConfig({ FOGHORN_ROLE: 'all' }).role]).toEqual([all, all])
  expect(readConfig({ FOGHORN_ROLE: 'all' }, { role: 'ingest, web' }).role).toEqual(['ingest', 'web'])
})

const SHARED = { FOGHORN_DATABASE_URL: 'postgres://db/foghorn', FOGHORN_QUEUE_URL: 'nats://a:4222' }
const PEOPLES = { FOGHORN_PUBLIC_URL: 'https://errors.test', FOGHORN_SECRET_KEY: 'the same in each one' }

test.each<[string, Record<string, string>, string[]]>([
  ['web', {}, [...Object.keys(SHARED), ...Object.keys(PEOPLES)]],
  ['scheduler', SHARED, Object.keys(PEOPLES)],
  ['ingest', {}, Object.keys(SHARED)],
  ['ingest,worker', { FOGHORN_QUEUE_URL: SHARED.FOGHORN_QUEUE_URL }, ['FOGHORN_DATABASE_URL']],
])('a process that is %s alone, with %j, is refused with what is missing', (role, env, missing) => {
  const check = () => checkRoles(readConfig({ ...env, FOGHORN_ROLE: role }))
  for (const name of missing) expect(check).toThrow(name)
  for (const name of Object.keys({ ...SHARED, ...PEOPLES }).filter((name) => !missing.includes(name)))
    expect(check).not.toThrow(name)
})

test('a process that has what it shares with others may do a part of the work; one that does all needs nothing', () => {
  for (const role of ['web', 'ingest', 'worker', 'scheduler'])
    expect(() => checkRoles(readConfig({ ...SHARED, ...PEOPLES, FOGHORN_ROLE: role }))).not.toThrow()
  expect(() => checkRoles(readConfig({}))).not.toThrow()
})

test('NATS needs servers; the rest has defaults', () => {
  expect(natsOf(readConfig({}))).toBeUndefined()
  expect(natsOf(readConfig({ FOGHORN_QUEUE_URL: 'nats://a:4222, tls://b' }))).toMatchObject({
    servers: ['nats://a:4222', 'tls://b'],
    name: 'foghorn',
    replicas: 1,
  })
})

test('a bucket needs a name; the rest has defaults', () => {
  expect(bucketOf(readConfig({}))).toBeUndefined()
  expect(bucketOf(readConfig({ FOGHORN_S3_BUCKET: 'maps' }))).toMatchObject({
    name: 'maps',
    region: 'us-east-1',
    prefix: '',
    pathStyle: false,
  })
  const own = { FOGHORN_S3_BUCKET: 'maps', FOGHORN_S3_ENDPOINT: 'http://10.0.0.7:9000', FOGHORN_S3_PREFIX: 'foghorn' }
  expect(bucketOf(readConfig(own))).toMatchObject({
    endpoint: 'http://10.0.0.7:9000',
    prefix: 'foghorn/',
    pathStyle: true,
  })
})

test('single sign-on needs an issuer and a name there; the rest has defaults', () => {
  const env = { FOGHORN_OIDC_ISSUER: 'https://id.example.com/realm', FOGHORN_OIDC_CLIENT_ID: 'foghorn' }
  expect(readConfig({ ...env, FOGHORN_OIDC_DOMAINS: 'Example.com,b.test' })).toMatchObject({
    oidcIssuer: 'https://id.example.com/realm',
    oidcDomains: ['example.com', 'b.test'],
    oidcRole: 'member',
    oidcName: 'single sign-on',
  })
})

test('a file comes after the environment; its paths count from where it is', () => {
  const file = configFile('{"port": 5000, "host": "::", "data": "store"}')
  expect(readConfig({ FOGHORN_PORT: '1', FOGHORN_CONFIG: file })).toMatchObject({
    port: 1,
    host: '::',
    data: join(file, '../store'),
  })
})

test.each([
  ['{"prot": 5000}', 'sets "prot", which is no setting. Choose from: port, host'],
  ['{"port": "many"}', 'FOGHORN_PORT (or --port), port in the file must be a whole number'],
  ['{"port": [1]}', 'must be a text or a number'],
  ['[]', 'must hold one JSON object'],
  ['port: 5000', 'cannot be read'],
])('a file that says %s is refused with what is allowed', (text, message) => {
  expect(() => readConfig({}, { config: configFile(text) })).toThrow(message)
})

test('a file that was named has to be there', () => {
  expect(() => readConfig({}, { config: '/nowhere/foghorn.json' })).toThrow('/nowhere/foghorn.json cannot be read')
})

test('what is in force is shown with where it comes from, and without its secrets', () => {
  const token = 'metrics-secret-0123456789'
  const settings = effectiveSettings({ FOGHORN_METRICS_TOKEN: token }, { port: '5000' })
  const row = (name: string) => settings.find((setting) => setting.name === name)
  expect(row('port')).toMatchObject({ value: '5000', source: 'flag', variable: 'FOGHORN_PORT' })
  expect(row('retentionDays')).toMatchObject({ value: '90', source: 'default' })
  expect(row('metricsToken')).toMatchObject({ value: '(hidden)', source: 'environment' })
  expect(JSON.stringify(settings)).not.toContain(token)
  expect(() => readConfig({ FOGHORN_METRICS_TOKEN: 'short' })).toThrow(/^(?!.*short).*at least 16/)
  expect(() => readConfig({ FOGHORN_METRICS_TOKEN: 'with a space in between' })).toThrow(
    /^(?!.*between).*without spaces/,
  )
})

test('every setting is in the README', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  for (const { variable } of effectiveSettings({})) expect(readme).toContain(`\`${variable}\``)
})
