import type { Post } from '../../outbound/post-guarded.ts'
import { factsOf, headlineOf, type Action, type Notice } from '../message.ts'
import { plainLine } from '../plain-text.ts'
import type { TargetOf } from '../target.ts'
import { postJson } from './post-json.ts'

const SUMMARY_CHARS = 1024
const DETAIL_CHARS = 1000

const ACTIONS: Record<Action, string> = {
  trigger: 'trigger',
  acknowledge: 'acknowledge',
  resolve: 'resolve',
  test: 'trigger',
}

const SEVERITIES: Record<string, string> = { fatal: 'critical', error: 'error', warning: 'warning' }

/** An event for PagerDuty's Events API v2 (developer.pagerduty.com, checked 2026-11). */
export const pagerdutyPost = (notice: Notice, { routingKey, apiUrl }: TargetOf<'pagerduty'>): Post => {
  const [message] = notice.messages
  const { action, incident, title, name, level, link, why, rule, project, firedAt } = message
  const details = [['Why', why], ['Rule', rule], ...factsOf(message)] as const
  const post = postJson(new URL('/v2/enqueue', apiUrl), {
    routing_key: routingKey,
    event_action: ACTIONS[action],
    dedup_key: incident,
    client: 'Foghorn',
    client_url: link,
    links: [{ href: link, text: name }],
    payload: {
      summary: plainLine(headlineOf(notice), SUMMARY_CHARS),
      source: project.slug,
      severity: SEVERITIES[level] ?? 'info',
      timestamp: new Date(firedAt).toISOString(),
      class: plainLine(title, SUMMARY_CHARS),
      custom_details: Object.fromEntries(details.map(([name, value]) => [name, plainLine(value, DETAIL_CHARS)])),
    },
  })
  return { ...post, secrets: [routingKey] }
}
