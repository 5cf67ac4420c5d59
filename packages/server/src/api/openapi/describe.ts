import { toJsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import { answersOf, readAnswers, type Answer, type JsonSchema } from './answers.ts'
import { readRoutes, type Operation, type RouterEntry } from './read-routes.ts'

export interface OpenApi {
  openapi: '3.1.1'
  info: { title: string; version: string; description: string }
  servers: { url: string }[]
  paths: Record<string, Record<string, JsonSchema>>
  components: { schemas: Record<string, JsonSchema>; securitySchemes: JsonSchema }
}

/** What clients send, before it is read. What JSON Schema has no words for is left open. */
const inputSchema = (schema: GenericSchema): JsonSchema => {
  const { $schema: _dialect, ...rest } = toJsonSchema(schema as never, { typeMode: 'input', errorMode: 'ignore' })
  return rest as JsonSchema
}

const pathParameters = (path: string): JsonSchema[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))

interface ObjectSchema {
  properties?: Record<string, JsonSchema>
  required?: string[]
}

const queryParameters = (schema: GenericSchema | undefined): JsonSchema[] => {
  if (!schema) return []
  const { properties = {}, required = [] } = inputSchema(schema) as ObjectSchema
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: property,
  }))
}

const content = (schema: JsonSchema, type = 'application/json'): JsonSchema => ({ [type]: { schema } })

const answer = ({ format, ...schema }: Answer): JsonSchema =>
  format === undefined
    ? { description: 'As asked for.', content: content(schema) }
    : { description: 'Done, or something that is not JSON.' }

const REFUSALS: Record<string, string> = {
  400: 'The request has a mistake, which is named.',
  401: 'Nobody known asks.',
  403: 'The asker lacks the scope.',
  404: 'It does not exist, or the asker may not know of it.',
  409: 'Something else is in the way, which is named.',
  410: 'It is over.',
  413: 'The body is too large.',
  415: 'The body has an encoding that is not taken.',
  429: 'Too often.',
  503: 'Not now.',
}

const refusals = (): Record<string, JsonSchema> =>
  Object.fromEntries(
    Object.entries(REFUSALS).map(([status, description]) => [
      status,
      { description, content: content({ $ref: '#/components/schemas/ErrorJson' }) },
    ]),
  )

const WITH_BODY = new Set(['POST', 'PUT'])

const bodyOf = ({ method, json }: Operation): JsonSchema => {
  if (!WITH_BODY.has(method)) return {}
  return { requestBody: { required: json !== undefined, content: content(json ? inputSchema(json) : {}) } }
}

const resourceOf = (path: string): string =>
  path
    .split('/')
    .filter((part) => part !== '' && !part.startsWith(':'))
    .at(path.startsWith('/organizations/:org/') || path.startsWith('/projects/:org/:project/') ? 1 : 0) ?? 'root'

const nameOf = ({ method, path }: Operation): string =>
  `${method.toLowerCase()}${path.replaceAll(/[^A-Za-z]+(\w)?/g, (_whole, letter: string | undefined) => letter?.toUpperCase() ?? '')}`

/** Paths as OpenAPI writes them: `{org}` instead of `:org`. */
const templateOf = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}')

/**
 * The management API in OpenAPI 3.1, made from what the router has: the schemas that check requests, the scopes that guard
 * them, and the types of what the handlers answer.
 */
export const describeApi = (
  entries: readonly RouterEntry[],
  { url, version }: { url: string; version: string },
): OpenApi => {
  const known = readAnswers()
  const paths: OpenApi['paths'] = {}
  for (const operation of readRoutes(entries)) {
    const { method, path, scope, query } = operation
    const answers = Object.entries(answersOf(`${method} ${path}`, known)).map(([status, one]) => [status, answer(one)])
    const template = (paths[templateOf(path)] ??= {})
    template[method.toLowerCase()] = {
      operationId: nameOf(operation),
      tags: [resourceOf(path)],
      parameters: [...pathParameters(path), ...queryParameters(query)],
      ...bodyOf(operation),
      responses: { ...Object.fromEntries(answers), ...refusals() },
      security: scope ? [{ token: [scope] }, { session: [scope] }] : [],
    }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Foghorn',
      version,
      description:
        'Paths and shapes are those of Sentry for every resource that Sentry has. Errors are {"detail": "…"}.',
    },
    servers: [{ url: `${url}/api/0` }],
    paths,
    components: {
      schemas: known.schemas,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token of the organization.' },
        session: { type: 'apiKey', in: 'cookie', name: 'foghorn_session' },
      },
    },
  }
}
