import { vValidator } from '@hono/valibot-validator'
import type { ValidationTargets } from 'hono'
import type * as v from 'valibot'
import { invalidInput } from './invalid-input.ts'

/** Lets through what fits the schema, and answers 400 to the rest. The description of the API reads the same schema. */
export const valid = <Schema extends v.GenericSchema | v.GenericSchemaAsync, Target extends keyof ValidationTargets>(
  target: Target,
  schema: Schema,
) => Object.assign(vValidator(target, schema, invalidInput), { input: { target, schema } })
