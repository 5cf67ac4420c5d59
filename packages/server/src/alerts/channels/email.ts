import type { Mail } from '../../ports/mailer.ts'
import { factsOf, headlineOf, type AlertMessage, type Notice } from '../message.ts'
import { escapeHtml, plainLine } from '../plain-text.ts'

const SUBJECT_CHARS = 180
const LINE_CHARS = 500

interface Envelope {
  to: string
  /** Address that takes the receiver off the channel by one POST. */
  unsubscribeUrl: string
  /** Host of the service: ends the IDs of its mails. */
  host: string
}

const line = (text: string): string => plainLine(text, LINE_CHARS)

const textOf = (message: AlertMessage): string =>
  [
    line(message.title),
    line(message.why),
    ...factsOf(message).map(([name, value]) => `${name}: ${line(value)}`),
    `Rule: ${line(message.rule)}`,
    message.link,
  ].join('\n')

const htmlOf = (message: AlertMessage): string => {
  const { title, link, why, rule } = message
  const rows = [...factsOf(message), ['Rule', rule] as const]
    .map(([name, value]) => `<tr><th align="left">${name}</th><td>${escapeHtml(line(value))}</td></tr>`)
    .join('')
  return `<h2><a href="${escapeHtml(link)}">${escapeHtml(line(title))}</a></h2>
<p>${escapeHtml(line(why))}</p><table>${rows}</table>`
}

const idOf = (name: string, host: string): string => `<${name.replaceAll(/[^\w.-]/g, '-')}@${host}>`

/** A mail in text and HTML. All mails of an issue hang together as one conversation, and one click ends them (RFC 8058). */
export const emailOf = (notice: Notice, { to, unsubscribeUrl, host }: Envelope): Mail => {
  const thread = idOf(notice.messages[0].incident, host)
  return {
    to,
    subject: plainLine(headlineOf(notice), SUBJECT_CHARS),
    messageId: idOf(`${notice.key}-${to.replace('@', '-at-')}`, host),
    inReplyTo: thread,
    text: `${notice.messages.map(textOf).join('\n\n')}\n\n--\nNo more of these: ${unsubscribeUrl}\n`,
    html: `${notice.messages.map(htmlOf).join('<hr>')}<p><small><a href="${escapeHtml(unsubscribeUrl)}">No more of these</a></small></p>`,
    headers: {
      'List-Unsubscribe': `<${unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Auto-Submitted': 'auto-generated',
    },
  }
}
