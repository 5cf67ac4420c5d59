import type { Post } from '../../outbound/post-guarded.ts'
import { factsOf, headlineOf, type AlertMessage, type Notice } from '../message.ts'
import { escapeSlack, plainLine, withoutMentions } from '../plain-text.ts'
import type { TargetOf } from '../target.ts'
import { postJson } from './post-json.ts'

// Limits of Block Kit (docs.slack.dev, checked 2026-11): 150 characters of a header, 2,000 of a field, 50 blocks.
const HEADER_CHARS = 150
const FIELD_CHARS = 500
const SHOWN = 12

const safe = (text: string, limit: number): string => withoutMentions(plainLine(text, limit))

const blocksOf = (message: AlertMessage) => {
  const { title, name, link, why, rule, project } = message
  const facts = factsOf(message).map(([name, value]) => ({
    type: 'plain_text',
    text: `${name}: ${safe(value, FIELD_CHARS)}`,
  }))
  const opener = `<${escapeSlack(link)}|${escapeSlack(safe(name, 100))}>`
  const about = escapeSlack(safe(`${why} · rule ${rule} · ${project.name}`, FIELD_CHARS))
  return [
    { type: 'header', text: { type: 'plain_text', text: safe(title, HEADER_CHARS) || name } },
    { type: 'section', fields: facts },
    { type: 'context', elements: [{ type: 'mrkdwn', text: `${opener} ${about}`, verbatim: true }] },
  ]
}

/** A message to an incoming webhook of Slack. */
export const slackPost = (notice: Notice, { url }: TargetOf<'slack'>): Post =>
  postJson(url, {
    text: escapeSlack(safe(headlineOf(notice), FIELD_CHARS)),
    blocks: notice.messages.slice(0, SHOWN).flatMap(blocksOf),
  })
