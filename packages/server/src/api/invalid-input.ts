import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import type { ErrorJson } from './shapes.ts'

type Checked = { success: boolean; issues?: readonly v.BaseIssue<unknown>[] | undefined }

/** What is wrong, without what was sent: that may be a password in the wrong field. */
export const wordsOf = ({ message }: v.BaseIssue<unknown>): string => message.replace(/ but received .*$/s, '')

/** Answer to input that does not fit: what is wrong with each field. */
export const invalidInput = (result: Checked, c: Context): Response | undefined => {
  if (result.success) return undefined
  // Without a prototype, because fields have the names that somebody gave them.
  const errors: Record<string, string[]> = Object.create(null)
  for (const issue of result.issues ?? []) (errors[v.getDotPath(issue) ?? ''] ??= []).push(wordsOf(issue))
  return c.json({ detail: 'The request has invalid fields.', errors } satisfies ErrorJson, 400)
}

/** Says what is wrong with one field that its schema could not judge. */
export const invalidField = (field: string, message: string): HTTPException =>
  new HTTPException(400, {
    message,
    res: Response.json({ detail: message, errors: { [field]: [message] } } satisfies ErrorJson, { status: 400 }),
  })
