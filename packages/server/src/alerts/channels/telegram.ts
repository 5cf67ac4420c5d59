import type { Post } from '../../outbound/post-guarded.ts'
import { factsOf, headlineOf, type AlertMessage, type Notice } from '../message.ts'
import { plainLine, withoutMentions } from '../plain-text.ts'
import type { TargetOf } from '../target.ts'
import { postJson } from './post-json.ts'

// The Bot API takes 4,096 characters (core.telegram.org/bots/api, checked 2026-11).
const LINE_CHARS = 300
const SHOWN = 5

const safe = (text: string): string => withoutMentions(plainLine(text, LINE_CHARS))

const linesOf = (message: AlertMessage): string[] => [
  safe(message.title),
  safe(message.why),
  ...factsOf(message).map(([name, value]) => `${name}: ${safe(value)}`),
  message.link,
]

/** A message of a Telegram bot, as plain text: without a parse mode nothing in it is markup. */
export const telegramPost = (notice: Notice, { token, chatId, apiUrl }: TargetOf<'telegram'>): Post => {
  const text = [safe(headlineOf(notice)), ...notice.messages.slice(0, SHOWN).map((one) => linesOf(one).join('\n'))]
  return postJson(new URL(`/bot${token}/sendMessage`, apiUrl), {
    chat_id: chatId,
    text: text.join('\n\n'),
    link_preview_options: { is_disabled: true },
  })
}
