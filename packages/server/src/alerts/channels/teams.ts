import type { Post } from '../../outbound/post-guarded.ts'
import { factsOf, type AlertMessage, type Notice } from '../message.ts'
import { plainLine, withoutMentions } from '../plain-text.ts'
import type { TargetOf } from '../target.ts'
import { postJson } from './post-json.ts'

const LINE_CHARS = 500
const SHOWN = 10

// A text block would read Markdown; runs of text are taken as they are.
const line = (text: string, looks: Record<string, unknown> = {}) => ({
  type: 'RichTextBlock',
  inlines: [{ type: 'TextRun', text: withoutMentions(plainLine(text, LINE_CHARS)) || '–', ...looks }],
})

const linesOf = (message: AlertMessage) => {
  const { title, name, why, rule, project } = message
  return [
    line(title, { weight: 'Bolder', size: 'Medium' }),
    line(why),
    ...factsOf(message).map(([name, value]) => line(`${name}: ${value}`)),
    line(`${name} · ${project.name} · ${rule}`, { isSubtle: true }),
  ]
}

/** A card to a workflow of Microsoft Teams ("when a webhook request is received"). */
export const teamsPost = ({ messages }: Notice, { url }: TargetOf<'teams'>): Post => {
  const shown = messages.slice(0, SHOWN)
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: shown.flatMap(linesOf),
    actions: shown.slice(0, 5).map(({ name, link }) => ({
      type: 'Action.OpenUrl',
      title: `Open ${plainLine(name, 100)}`,
      url: link,
    })),
  }
  return postJson(url, {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  })
}
