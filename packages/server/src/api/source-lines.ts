import { detectEngine, type Engine, type RawFrame } from '@foghorn/symbolicate'
import { Hono } from 'hono'
import * as v from 'valibot'
import { engineOf } from '../ingest/engine.ts'
import { toRawFrame } from '../ingest/symbolicate.ts'
import type { FindMap } from '../ports/find-map.ts'
import type { EventStore } from '../ports/events.ts'
import type { StoredEvent } from '../stored-event.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { missing } from './find-issue.ts'
import type { SourceLinesJson } from './view-shapes.ts'
import { valid } from './valid.ts'

export interface SourceLineDeps {
  events: Pick<EventStore, 'find'>
  findMap: FindMap
}

const position = (most: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,4}$/, 'must be a whole number'),
    v.transform(Number),
    v.maxValue(most, `must be at most ${most}`),
  )

const SourceQuery = v.object({
  exception: position(100),
  frame: position(1000),
  /** Lines before and after. */
  around: v.optional(position(200), '50'),
})

const printedBy = (stack: readonly RawFrame[], event: StoredEvent): Engine | undefined => {
  const engine = engineOf(event.payload)
  return engine === 'gecko' ? engine : (detectEngine(stack) ?? engine)
}

const readLines = async (
  event: StoredEvent,
  { exception, frame, around }: v.InferOutput<typeof SourceQuery>,
  findMap: FindMap,
): Promise<SourceLinesJson['lines']> => {
  const stack = (event.payload.exception[exception]?.stacktrace?.frames ?? []).map(toRawFrame)
  const raw = stack[frame]
  if (!raw) return missing('The frame')
  const { release, dist, debug_meta } = event.payload
  const query = { projectId: event.projectId, images: debug_meta?.images ?? [] }
  const answer = await findMap({ ...query, ...(release && { release }), ...(dist && { dist }) }, raw)
  if ('reason' in answer || raw.lineno === undefined) return []
  const engine = printedBy(stack, event)
  const awaits = engine === 'v8' && /^async( |$)/.test(raw.function ?? '')
  const found = answer.index.lookup({ line: raw.lineno, column: raw.colno, engine, awaits, around })
  if (found.status === 'unresolved' || found.contextLine === undefined) return []
  const lines = [...found.preContext, found.contextLine, ...found.postContext]
  return lines.map((text, index) => [found.line - found.preContext.length + index, text])
}

/** More of the original source than an event keeps, for as long as its map is there. */
export const sourceLineRoutes = ({ events, findMap }: SourceLineDeps) =>
  new Hono<ApiEnv>().get(
    '/projects/:org/:project/events/:event/source/',
    authorize('event:read'),
    valid('query', SourceQuery),
    async (c) => {
      const id = c.req.param('event').replaceAll('-', '').toLowerCase()
      const event = (await events.find(c.var.project.id, id)) ?? missing('The event')
      return c.json({ lines: await readLines(event, c.req.valid('query'), findMap) } satisfies SourceLinesJson)
    },
  )
