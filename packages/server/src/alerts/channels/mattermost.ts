import type { Post } from '../../outbound/post-guarded.ts'
import { factsOf, type AlertMessage, type Notice } from '../message.ts'
import { escapeMarkdown, plainLine, withoutMentions } from '../plain-text.ts'
import type { TargetOf } from '../target.ts'
import { postJson } from './post-json.ts'

const LINE_CHARS = 500
const SHOWN = 20

const safe = (text: string): string => withoutMentions(escapeMarkdown(plainLine(text, LINE_CHARS)))

const attachmentOf = (message: AlertMessage) => {
  const { title: headline, name, link, why, rule, project } = message
  return {
    fallback: safe(`${name} ${headline}`),
    title: safe(headline),
    title_link: link,
    text: safe(why),
    fields: factsOf(message).map(([title, value]) => ({ title, value: safe(value), short: true })),
    footer: withoutMentions(plainLine(`${project.name} · ${rule}`, LINE_CHARS)),
  }
}

/** A message to an incoming webhook of Mattermost. */
export const mattermostPost = ({ messages }: Notice, { url }: TargetOf<'mattermost'>): Post =>
  postJson(url, { attachments: messages.slice(0, SHOWN).map(attachmentOf) })
