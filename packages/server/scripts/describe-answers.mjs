// node packages/server/scripts/describe-answers.mjs [--print]: writes openapi/answers.json, what every route answers, from the types of
// the routes themselves. A test fails when it is not what the routes say.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildGenerator, getProgramFromFiles } from 'typescript-json-schema'

const api = fileURLToPath(new URL('../src/api/', import.meta.url))
const cache = fileURLToPath(new URL('../../../node_modules/.cache/foghorn/', import.meta.url))
const answersFile = fileURLToPath(new URL('../openapi/answers.json', import.meta.url))

const namesIn = (file, pattern) => [...readFileSync(join(api, file), 'utf8').matchAll(pattern)].map(([, name]) => name)

const files = readdirSync(api).filter((file) => file.endsWith('.ts'))
const shapes = files
  .filter((file) => file.endsWith('shapes.ts'))
  .flatMap((file) => namesIn(file, /^export (?:interface|type) (\w+Json)\b/gm).map((name) => ({ file, name })))
const routes = files.flatMap((file) => namesIn(file, /^export const (\w+Routes) =/gm).map((name) => ({ file, name })))

/** What is sent is what JSON makes of a type: the same is done to the shapes, so that they are recognised. */
const program = () =>
  [
    "import type { ExtractSchema } from 'hono/types'",
    "import type { JSONParsed } from 'hono/utils/types'",
    ...shapes.map(({ file, name }) => `import type { ${name} as Own${name} } from '${join(api, file)}'`),
    ...routes.map(({ file, name }) => `import type { ${name} } from '${join(api, file)}'`),
    ...shapes.map(({ name }) => `export type ${name} = JSONParsed<Own${name}>`),
    ...routes.map(({ name }) => `export type Schema_${name} = ExtractSchema<ReturnType<typeof ${name}>>`),
  ].join('\n')

const readTypes = () => {
  // Where nothing else compiles it, and modules are found all the same.
  const file = join(cache, `answers-${process.pid}.ts`)
  mkdirSync(cache, { recursive: true })
  writeFileSync(file, program())
  try {
    const options = { target: 'es2022', module: 'nodenext', strict: true, exactOptionalPropertyTypes: true }
    const built = getProgramFromFiles([file], {
      ...options,
      allowImportingTsExtensions: true,
      noEmit: true,
      skipLibCheck: true,
      customConditions: ['source'],
      types: ['node'],
    })
    const generator = buildGenerator(built, { required: true, ignoreErrors: true, ref: true })
    const wanted = [...shapes.map(({ name }) => name), ...routes.map(({ name }) => `Schema_${name}`)]
    return generator.getSchemaForSymbols(wanted).definitions
  } finally {
    rmSync(file)
  }
}

const PREFIX = '#/definitions/'

/** A schema without references: each replaced by what it leads to. What leads to itself may be anything. */
const inline = (schema, definitions, within = []) => {
  if (Array.isArray(schema)) return schema.map((one) => inline(one, definitions, within))
  if (typeof schema !== 'object' || schema === null) return schema
  if (schema.$ref) {
    const name = decodeURIComponent(schema.$ref.slice(PREFIX.length))
    return within.includes(name) ? {} : inline(definitions[name], definitions, [...within, name])
  }
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, inline(value, definitions, within)]))
}

/** Keys in one order, so that equal schemas are equal texts. */
const sorted = (schema) => {
  if (Array.isArray(schema)) return schema.map(sorted)
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.keys(schema)
      .toSorted()
      .map((key) => [key, sorted(schema[key])]),
  )
}

const UNORDERED = new Set(['anyOf', 'enum', 'required', 'type'])

/** What tells schemas apart: not their descriptions, nor the order of alternatives. */
const keyOf = (schema, within = '') => {
  if (Array.isArray(schema)) {
    const keys = schema.map((one) => keyOf(one))
    return `[${(UNORDERED.has(within) ? keys.toSorted() : keys).join()}]`
  }
  if (typeof schema !== 'object' || schema === null) return JSON.stringify(schema)
  const own = Object.keys(schema).filter((key) => key !== 'description' || typeof schema[key] !== 'string')
  return `{${own.toSorted().map((key) => `${key}:${keyOf(schema[key], key)}`)}}`
}

/** Every part that is one of the named schemas becomes a reference to it. */
const named = (schema, names) => {
  if (Array.isArray(schema)) return schema.map((one) => named(one, names))
  if (typeof schema !== 'object' || schema === null) return schema
  const name = names.get(keyOf(schema))
  return name ? { $ref: `#/components/schemas/${name}` } : namedParts(schema, names)
}

const namedParts = (schema, names) =>
  Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, named(value, names)]))

/** The routes' own types: `{[path]: {$get: {output, outputFormat, status}}}`, joined by allOf and anyOf. */
const operationsIn = (schema) => {
  const found = []
  const walk = (part) => {
    for (const one of [...(part.allOf ?? []), ...(part.anyOf ?? [])]) walk(one)
    for (const [path, methods] of Object.entries(part.properties ?? {}))
      for (const [method, endpoint] of Object.entries(methods.properties ?? {}))
        for (const one of endpoint.anyOf ?? [endpoint])
          found.push({ path, method: method.slice(1).toUpperCase(), ...one.properties })
  }
  walk(schema)
  return found
}

/** The statuses that a handler names; without any it is 200. */
const statusesOf = ({ status }) => {
  const all = status?.const === undefined ? (status?.enum ?? []) : [status.const]
  // Not named: any that there is.
  return all.length === 0 || all.length > 5 ? [200] : all
}

const answersOf = (schemas, names) => {
  const answers = {}
  for (const { path, method, ...endpoint } of schemas.flatMap(operationsIn)) {
    const format = endpoint.outputFormat?.const ?? endpoint.outputFormat?.enum?.[0] ?? 'body'
    for (const status of statusesOf(endpoint).filter((one) => one < 400))
      (answers[`${method} ${path}`] ??= {})[status] =
        format === 'json' ? named(sorted(endpoint.output ?? {}), names) : { format }
  }
  return Object.fromEntries(Object.entries(answers).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** What every route answers, and the shapes that they share. */
const describeAnswers = () => {
  const definitions = readTypes()
  const own = shapes.map(({ name }) => ({ name, schema: sorted(inline(definitions[name], definitions)) }))
  const names = new Map(own.map(({ name, schema }) => [keyOf(schema), name]))
  const components = Object.fromEntries(own.map(({ name, schema }) => [name, namedParts(schema, names)]))
  const schemas = routes.map(({ name }) => inline(definitions[`Schema_${name}`], definitions))
  return { schemas: sorted(components), answers: answersOf(schemas, names) }
}

const text = `${JSON.stringify(describeAnswers(), null, 1)}\n`
if (process.argv.includes('--print')) process.stdout.write(text)
else writeFileSync(answersFile, text)
