import type { Post } from '../../outbound/post-guarded.ts'
import { factsOf, headlineOf, type Notice } from '../message.ts'
import { plainLine } from '../plain-text.ts'
import type { TargetOf } from '../target.ts'
import { postJson } from './post-json.ts'

// Limits of the Alert API (docs.opsgenie.com, checked 2026-11).
const MESSAGE_CHARS = 130
const DESCRIPTION_CHARS = 1000

const PRIORITIES: Record<string, string> = { fatal: 'P1', error: 'P2', warning: 'P3', info: 'P4', debug: 'P5' }

const ENDINGS = { acknowledge: 'acknowledge', resolve: 'close' } as const

/** An alert for Opsgenie; its alias ties acknowledging and closing to it. */
export const opsgeniePost = (notice: Notice, { apiKey, apiUrl }: TargetOf<'opsgenie'>): Post => {
  const [message] = notice.messages
  const { action, incident, level, link, why, rule, project } = message
  const headers = { authorization: `GenieKey ${apiKey}` }
  if (action === 'acknowledge' || action === 'resolve') {
    const path = `/v2/alerts/${encodeURIComponent(incident)}/${ENDINGS[action]}?identifierType=alias`
    return postJson(new URL(path, apiUrl), { source: 'Foghorn' }, headers)
  }
  const facts = factsOf(message).map(([name, value]) => [name, plainLine(value, DESCRIPTION_CHARS)])
  return postJson(
    new URL('/v2/alerts', apiUrl),
    {
      message: plainLine(headlineOf(notice), MESSAGE_CHARS),
      alias: incident,
      description: plainLine(why, DESCRIPTION_CHARS),
      details: Object.fromEntries([...facts, ['Rule', plainLine(rule, 100)], ['Link', link]]),
      source: 'Foghorn',
      entity: project.slug,
      priority: PRIORITIES[level] ?? 'P3',
    },
    headers,
  )
}
