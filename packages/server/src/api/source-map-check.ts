import { adviceFor } from '@foghorn/symbolicate'
import { Hono } from 'hono'
import * as v from 'valibot'
import type { FindMap, MapAnswer } from '../ports/find-map.ts'
import type { MapCoverage, MapGap, MapGaps } from '../ports/map-gaps.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { iso } from './issue-json.ts'
import type { MapCoverageJson, MapGapJson, ScriptCheckJson } from './map-shapes.ts'
import { readJson } from './read-body.ts'
import { valid } from './valid.ts'

export interface SourceMapCheckDeps {
  findMap: FindMap
  mapGaps: MapGaps
}

const Position = v.tuple([
  v.pipe(v.number(), v.integer(), v.minValue(1)),
  v.pipe(v.number(), v.integer(), v.minValue(1)),
])

const DebugId = v.pipe(
  v.string(),
  v.transform((id) => id.toLowerCase().replaceAll('-', '')),
  v.regex(/^[\da-f]{32}$/, 'must be a UUID'),
)

const CheckBody = v.object({
  release: v.nullish(v.pipe(v.string(), v.maxLength(250))),
  dist: v.nullish(v.pipe(v.string(), v.maxLength(64))),
  scripts: v.pipe(
    v.array(
      v.object({
        url: v.pipe(v.string(), v.maxLength(2048)),
        debugId: v.nullish(DebugId),
        /** Lines and columns, counted from 1. */
        positions: v.pipe(v.array(Position), v.maxLength(200)),
      }),
    ),
    v.maxLength(500),
  ),
})

type Script = v.InferOutput<typeof CheckBody>['scripts'][number]

const toJson = (script: Script, answer: MapAnswer): ScriptCheckJson => {
  const { url } = script
  if ('reason' in answer) {
    const { reason, detail, candidates } = answer
    return {
      url,
      found: false,
      reason,
      ...(detail === undefined ? {} : { detail }),
      advice: adviceFor(reason),
      ...(candidates && { candidates }),
      resolved: 0,
    }
  }
  const hits = script.positions.filter(([line, column]) => answer.index.lookup({ line, column }).status === 'resolved')
  return { url, found: true, by: answer.by, resolved: hits.length }
}

const gapJson = ({ newest, ...gap }: MapGap): MapGapJson => ({
  ...gap,
  latestEvent: { issueId: String(newest.issueId), eventID: newest.eventId, date: iso(newest.at) },
})

const coverageJson = ({ gaps, ...coverage }: MapCoverage): MapCoverageJson => ({
  ...coverage,
  share: coverage.frames === 0 ? null : coverage.resolved / coverage.frames,
  gaps: gaps.map(gapJson),
})

const CoverageQuery = v.object({ release: v.optional(v.pipe(v.string(), v.maxLength(250))) })

/**
 * What became of the frames of the newest events, and what would become of frames in scripts that are deployed: the same
 * way that events go.
 */
export const sourceMapCheckRoutes = ({ findMap, mapGaps }: SourceMapCheckDeps) =>
  new Hono<ApiEnv>()
    .get(
      '/projects/:org/:project/sourcemaps/coverage/',
      authorize('event:read'),
      valid('query', CoverageQuery),
      async (c) => c.json(coverageJson(await mapGaps.of(c.var.project.id, c.req.valid('query').release))),
    )
    .post('/projects/:org/:project/sourcemaps/check/', authorize('project:read'), async (c) => {
      const { scripts, release, dist } = await readJson(c.req, CheckBody)
      const names = { ...(release ? { release } : {}), ...(dist ? { dist } : {}) }
      const answers: ScriptCheckJson[] = []
      for (const script of scripts) {
        const images = script.debugId
          ? [{ type: 'sourcemap' as const, code_file: script.url, debug_id: script.debugId }]
          : []
        const [lineno, colno] = script.positions[0] ?? []
        const frame = { filename: script.url, ...(lineno === undefined ? {} : { lineno, colno: colno! }) }
        answers.push(toJson(script, await findMap({ projectId: c.var.project.id, images, ...names }, frame)))
      }
      return c.json({ scripts: answers })
    })
