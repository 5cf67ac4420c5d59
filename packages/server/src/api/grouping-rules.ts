import { Hono } from 'hono'
import * as v from 'valibot'
import { GroupingRules } from '../grouping/rule.ts'
import type { GroupingRulesStore } from '../ports/grouping-rules.ts'
import type { Regrouping } from '../ports/regrouping.ts'
import { previewRules, type PreviewDeps } from '../regrouping/preview-rules.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { readJson } from './read-body.ts'

export interface GroupingRulesDeps extends PreviewDeps {
  groupingRules: GroupingRulesStore
  regrouping: Pick<Regrouping, 'newest' | 'requestForProject'>
}

const Body = v.object({ rules: GroupingRules })

/** What a project decides about grouping, and what that would do before it is decided. */
export const groupingRulesRoutes = (deps: GroupingRulesDeps) => {
  const { groupingRules, regrouping } = deps
  const path = '/projects/:org/:project/grouping-rules/'
  return new Hono<ApiEnv>()
    .get(path, authorize('project:read'), async (c) => c.json({ rules: await groupingRules.get(c.var.project.id) }))
    .put(path, authorize('project:write'), async (c) => {
      const { rules } = await readJson(c.req, Body)
      const projectId = c.var.project.id
      await groupingRules.set(projectId, rules)
      await regrouping.requestForProject({ projectId, cause: 'rules-changed', about: `${rules.length} rules` })
      return c.json({ rules })
    })
    .post(`${path}preview/`, authorize('project:read'), async (c) => {
      const { rules } = await readJson(c.req, Body)
      const before = await groupingRules.get(c.var.project.id)
      return c.json(await previewRules(c.var.project.id, { before, after: rules }, deps))
    })
}
