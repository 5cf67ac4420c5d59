import { readFileSync } from 'node:fs'

export type JsonSchema = Record<string, unknown>

/** JSON by its schema; what is not JSON only by its kind: `body`, `text`, `redirect`. */
export type Answer = JsonSchema & { format?: string }

interface Answers {
  schemas: Record<string, JsonSchema>
  answers: Record<string, Record<string, Answer>>
}

/** Made from the types of the routes by scripts/describe-answers.mjs; the folder stands beside `src` and `dist`. */
export const readAnswers = (): Answers =>
  JSON.parse(readFileSync(new URL('../../../openapi/answers.json', import.meta.url), 'utf8')) as Answers

const one = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` })
const many = (name: string): JsonSchema => ({ type: 'array', items: one(name) })
const nothing: Answer = { format: 'body' }

// Routes that stand under several paths at once have no types of their own paths.
const SHARED: readonly [RegExp, Record<string, Answer>][] = [
  [/^GET .*\/releases\/$/, { 200: many('ReleaseJson') }],
  [/^POST .*\/releases\/$/, { 201: one('ReleaseJson'), 208: one('ReleaseJson') }],
  [/^(?:GET|PUT) .*\/releases\/:version\/$/, { 200: one('ReleaseJson') }],
  [/^DELETE .*\/releases\/:version\/$/, { 204: nothing }],
  [/^GET .*\/releases\/:version\/commits\/$/, { 200: many('CommitJson') }],
  [/^GET .*\/releases\/:version\/deploys\/$/, { 200: many('DeployJson') }],
  [/^POST .*\/releases\/:version\/deploys\/$/, { 201: one('DeployJson') }],
  [/^GET .*\/previous-with-commits\/$/, { 200: { anyOf: [one('ReleaseJson'), { type: 'object', maxProperties: 0 }] } }],
  [/^GET .*\/user-(?:feedback|reports)\/$/, { 200: many('FeedbackJson') }],
  [/^POST .*\/user-(?:feedback|reports)\/$/, { 200: { type: 'object' } }],
  [/^GET .*\/(?:comments|notes)\/$/, { 200: many('ActivityJson') }],
  [/^POST .*\/(?:comments|notes)\/$/, { 201: one('ActivityJson') }],
  [/^PUT .*\/(?:comments|notes)\/:comment\/$/, { 200: one('ActivityJson') }],
  [/^DELETE .*\/(?:comments|notes)\/:comment\/$/, { 204: nothing }],
  [/^PUT .*\/issues\/$/, { 200: { anyOf: [one('BulkChangeJson'), one('MergeJson')] } }],
]

/** What a route answers when all is well, by status. */
export const answersOf = (route: string, { answers }: Answers): Record<string, Answer> =>
  answers[route] ?? SHARED.find(([pattern]) => pattern.test(route))?.[1] ?? { 200: {} }
