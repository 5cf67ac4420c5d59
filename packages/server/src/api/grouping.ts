import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import {
  GROUPING_VERSIONS,
  isGroupingVersion,
  NEWEST_GROUPING,
  type GroupingVersion,
  type ProjectGrouping,
} from '../grouping/group.ts'
import { GroupingRules } from '../grouping/rule.ts'
import type { GroupingSettings, GroupingSettingsStore } from '../ports/grouping-settings.ts'
import { previewGrouping, type PreviewDeps } from '../regrouping/preview-grouping.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { readJson } from './read-body.ts'
import type { GroupingVersionJson } from './grouping-shapes.ts'

export interface GroupingDeps extends PreviewDeps {
  groupingSettings: GroupingSettingsStore
}

const Version = v.pipe(
  v.number(),
  v.check(isGroupingVersion, `must be one of ${Object.keys(GROUPING_VERSIONS).join(', ')}`),
  v.transform((version) => version as GroupingVersion),
)

const Rules = v.object({ rules: GroupingRules })
const Proposal = v.object({ rules: v.optional(GroupingRules), version: v.optional(Version) })
const Switch = v.object({ version: Version })

const versionJson = ({ versions: [version, former], formerUntil }: GroupingSettings): GroupingVersionJson => ({
  version,
  newest: NEWEST_GROUPING,
  former: former ?? null,
  formerUntil: formerUntil === null ? null : new Date(formerUntil).toISOString(),
  versions: Object.entries(GROUPING_VERSIONS).map(([number, description]) => ({
    version: Number(number),
    description,
  })),
})

/** As the project would be grouped if the proposal were accepted. */
const proposed = (
  { rules, versions }: ProjectGrouping,
  proposal: v.InferOutput<typeof Proposal>,
): Pick<ProjectGrouping, 'rules' | 'versions'> => ({
  rules: proposal.rules ?? rules,
  versions: proposal.version === undefined ? versions : [proposal.version],
})

/** How a project's events are grouped, and what another way would do before it is decided. */
export const groupingRoutes = (deps: GroupingDeps) => {
  const { groupingSettings } = deps
  const rules = '/projects/:org/:project/grouping-rules/'
  const version = '/projects/:org/:project/grouping-version/'
  return new Hono<ApiEnv>()
    .get(rules, authorize('project:read'), async (c) =>
      c.json({ rules: (await groupingSettings.get(c.var.project.id)).rules }),
    )
    .put(rules, authorize('project:write'), async (c) => {
      const body = await readJson(c.req, Rules)
      await groupingSettings.setRules(c.var.project.id, body.rules)
      return c.json(body)
    })
    .post(`${rules}preview/`, authorize('project:read'), async (c) => {
      const proposal = await readJson(c.req, Proposal)
      const before = await groupingSettings.get(c.var.project.id)
      return c.json(await previewGrouping(c.var.project.id, { before, after: proposed(before, proposal) }, deps))
    })
    .get(version, authorize('project:read'), async (c) =>
      c.json(versionJson(await groupingSettings.get(c.var.project.id))),
    )
    .put(version, authorize('project:write'), async (c) => {
      const body = await readJson(c.req, Switch)
      if (!(await groupingSettings.switchTo(c.var.project.id, body.version)))
        throw new HTTPException(400, { message: 'The project has that version or a newer one. GET the same path.' })
      return c.json(versionJson(await groupingSettings.get(c.var.project.id)))
    })
}
