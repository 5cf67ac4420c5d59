import type { Context } from 'hono'
import * as v from 'valibot'
import type { ErrorJson } from './shapes.ts'

type Checked = { success: boolean; issues?: readonly v.BaseIssue<unknown>[] | undefined }

/** Answer to input that does not fit: what is wrong with each field. */
export const invalidInput = (result: Checked, c: Context): Response | undefined => {
  if (result.success) return undefined
  const errors: Record<string, string[]> = {}
  for (const issue of result.issues ?? []) (errors[v.getDotPath(issue) ?? ''] ??= []).push(issue.message)
  return c.json({ detail: 'The request has invalid fields.', errors } satisfies ErrorJson, 400)
}
