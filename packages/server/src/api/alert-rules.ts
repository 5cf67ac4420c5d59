import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { dryRun, type DryRunDeps } from '../alerts/dry-run.ts'
import type { Firing } from '../alerts/firing.ts'
import { AlertRule, type StoredAlertRule } from '../alerts/rule.ts'
import { whyOf } from '../alerts/why.ts'
import type { AlertRuleStore } from '../ports/alert-rules.ts'
import type { ChannelStore } from '../ports/channels.ts'
import type { TicketSystemStore } from '../ports/ticket-systems.ts'
import type { AlertRuleJson, DryRunJson } from './alert-shapes.ts'
import type { ApiEnv } from './api-env.ts'
import { authorize } from './authorize.ts'
import { missing } from './find-issue.ts'
import { iso } from './issue-json.ts'
import { valid } from './valid.ts'

export interface AlertRuleDeps extends DryRunDeps {
  alertRules: AlertRuleStore
  channels: Pick<ChannelStore, 'list'>
  ticketSystems: Pick<TicketSystemStore, 'list'>
}

const MAX_DAYS = 30

const Mute = v.object({ until: v.nullable(v.pipe(v.string(), v.isoTimestamp('must be a date, or null'))) })
const Trial = v.object({
  rule: AlertRule,
  days: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_DAYS)), 7),
})

const ruleJson = ({
  id,
  projectId: _project,
  countsSince: _since,
  mutedUntil,
  ...rule
}: StoredAlertRule): AlertRuleJson => ({
  ...rule,
  id: String(id),
  mutedUntil: mutedUntil === null ? null : iso(mutedUntil),
})

const trialJson = ({ trigger }: AlertRule, { event, evidence, happenedAt }: Firing): DryRunJson['alerts'][number] => ({
  issue: event && { id: String(event.issueId) },
  event: event && { eventID: event.eventId },
  why: whyOf(trigger, evidence),
  evidence,
  dateHappened: iso(happenedAt),
})

const DAY_MS = 24 * 3_600_000

/** When people are told about a project. */
export const alertRuleRoutes = (deps: AlertRuleDeps) => {
  const { alertRules, channels, ticketSystems, now } = deps
  const path = '/projects/:org/:project/alert-rules/'

  const checkSystems = async (rule: AlertRule, organizationId: number): Promise<void> => {
    const known = new Set((await ticketSystems.list(organizationId)).map(({ id }) => id))
    const unknown = rule.steps.flatMap(({ tickets = [] }) => tickets).find((id) => !known.has(id))
    if (unknown !== undefined)
      throw new HTTPException(400, { message: `steps: there is no ticket system ${unknown} in this organization.` })
  }

  const checkChannels = async (rule: AlertRule, organizationId: number): Promise<void> => {
    const known = new Set((await channels.list(organizationId)).map(({ id }) => id))
    const unknown = rule.steps.flatMap((step) => step.channels).find((id) => !known.has(id))
    if (unknown !== undefined)
      throw new HTTPException(400, { message: `steps: there is no channel ${unknown} in this organization.` })
    await checkSystems(rule, organizationId)
  }

  return new Hono<ApiEnv>()
    .get(path, authorize('event:read'), async (c) => c.json((await alertRules.list(c.var.project.id)).map(ruleJson)))
    .post(path, authorize('project:write'), valid('json', AlertRule), async (c) => {
      const rule = c.req.valid('json')
      await checkChannels(rule, c.var.organization.id)
      return c.json(ruleJson(await alertRules.add(c.var.project.id, rule)), 201)
    })
    .post(`${path}dry-run/`, authorize('event:read'), valid('json', Trial), async (c) => {
      const { rule, days } = c.req.valid('json')
      const trial = { rule, projectId: c.var.project.id, since: now() - days * DAY_MS }
      const run = await dryRun(trial, deps)
      if ('untried' in run)
        throw new HTTPException(400, { message: `${run.untried}: the past does not tell when this rule would fire.` })
      const alerts = run.firings.map((firing) => trialJson(rule, firing))
      return c.json({ of: run.of, count: run.count, isCut: run.isCut, alerts } satisfies DryRunJson)
    })
    .put(`${path}:rule/`, authorize('project:write'), valid('json', AlertRule), async (c) => {
      const rule = c.req.valid('json')
      await checkChannels(rule, c.var.organization.id)
      const replaced = await alertRules.replace(c.var.project.id, Number(c.req.param('rule')), rule)
      return c.json(ruleJson(replaced ?? missing('The rule')))
    })
    .put(`${path}:rule/mute/`, authorize('event:write'), valid('json', Mute), async (c) => {
      const { until } = c.req.valid('json')
      const isMuted = await alertRules.mute(
        c.var.project.id,
        Number(c.req.param('rule')),
        until === null ? null : Date.parse(until),
      )
      return isMuted ? c.body(null, 204) : missing('The rule')
    })
    .delete(`${path}:rule/`, authorize('project:write'), async (c) => {
      const isRemoved = await alertRules.remove(c.var.project.id, Number(c.req.param('rule')))
      return isRemoved ? c.body(null, 204) : missing('The rule')
    })
}
