import type { GenericSchema } from 'valibot'
import type { Scope } from '../../accounts/scopes.ts'

/** What the router knows of a handler; middlewares bear what the description has to know. */
export interface RouterEntry {
  method: string
  path: string
  handler: object
}

export interface Operation {
  method: string
  /** As the router writes it: `/organizations/:org/`. */
  path: string
  scope?: Scope
  query?: GenericSchema
  json?: GenericSchema
}

type Marked = { input?: { target: string; schema: GenericSchema }; scope?: Scope }

const PREFIX = '/api/0'

/** The operations of the management API, each with the schemas and the scope by which it is guarded. */
export const readRoutes = (entries: readonly RouterEntry[]): Operation[] => {
  const operations = new Map<string, Operation>()
  for (const { method, path, handler } of entries) {
    if (method === 'ALL' || !path.startsWith(`${PREFIX}/`) || path.endsWith('*')) continue
    const key = `${method} ${path}`
    const operation = operations.get(key) ?? { method, path: path.slice(PREFIX.length) }
    operations.set(key, operation)
    const { input, scope } = handler as Marked
    if (scope) operation.scope = scope
    if (input?.target === 'query' || input?.target === 'json') operation[input.target] = input.schema
  }
  return [...operations.values()].toSorted((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method))
}
