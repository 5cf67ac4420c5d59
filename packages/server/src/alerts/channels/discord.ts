import type { Post } from '../../outbound/post-guarded.ts'
import { factsOf, type AlertMessage, type Notice } from '../message.ts'
import { escapeMarkdown, plainLine, withoutMentions } from '../plain-text.ts'
import type { TargetOf } from '../target.ts'
import { postJson } from './post-json.ts'

// Limits of Discord (discord.com/developers, checked 2026-11): titles 256, fields 1,024, ten embeds, 6,000 characters in all.
const TITLE_CHARS = 120
const FIELD_CHARS = 200
const SHOWN = 5

const safe = (text: string, limit: number): string => withoutMentions(escapeMarkdown(plainLine(text, limit)))

const embedOf = (message: AlertMessage) => {
  const { title, name: subject, link, why, rule, project, firedAt } = message
  return {
    title: safe(title, TITLE_CHARS) || subject,
    url: link,
    description: safe(why, FIELD_CHARS),
    fields: factsOf(message).map(([name, value]) => ({ name, value: safe(value, FIELD_CHARS), inline: true })),
    footer: { text: withoutMentions(plainLine(`${subject} · ${project.name} · ${rule}`, FIELD_CHARS)) },
    timestamp: new Date(firedAt).toISOString(),
  }
}

/** A message to a webhook of Discord. */
export const discordPost = ({ messages }: Notice, { url }: TargetOf<'discord'>): Post =>
  postJson(url, { embeds: messages.slice(0, SHOWN).map(embedOf), allowed_mentions: { parse: [] } })
