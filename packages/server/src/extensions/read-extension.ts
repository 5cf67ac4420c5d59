import * as v from 'valibot'
import type { Extension } from './extension.ts'

const callable = v.custom<(...args: never[]) => unknown>((value) => typeof value === 'function', 'must be a function')

const Name = v.pipe(v.string(), v.regex(/^[a-z][a-z\d-]{0,49}$/, 'must be of lower-case letters, digits and -'))

const named = <Schema extends v.GenericSchema>(schema: Schema) => v.optional(v.record(Name, schema))

const Shape = v.strictObject({
  name: Name,
  notifiers: named(v.looseObject({ check: v.optional(callable), notify: callable })),
  ticketSystems: named(callable),
  enrichers: named(v.looseObject({ enrich: callable })),
  maskers: named(v.looseObject({ mask: callable })),
})

/** The extension that a module exports. Throws an error that says what is wrong with it. */
export const readExtension = (exported: unknown): Extension => {
  if (exported === undefined) throw new Error('it has no default export')
  const parsed = v.safeParse(Shape, exported)
  if (parsed.success) return exported as Extension
  const [issue] = parsed.issues
  const path = v.getDotPath(issue)
  const found = issue.type === 'strict_object' && path !== null ? 'is nothing that an extension has' : issue.message
  throw new Error(path === null ? `its default export ${found}` : `its ${path} ${found}`)
}
