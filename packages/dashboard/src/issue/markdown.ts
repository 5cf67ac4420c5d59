import type { EventJson, IssueDetailsJson } from '@foghorn/server'
import { entryOf } from './entries.ts'
import { stackText, thrownFirst } from './stack.ts'
import { describeBreadcrumb, orderTrail } from './trail.ts'

const CRUMBS = 10

/** A fence that the text cannot close. */
const fence = (text: string): string => {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const marks = '`'.repeat(longest + 1)
  return `${marks}\n${text}\n${marks}`
}

/** Text of strangers as one line that is only text: in Markdown nearly every mark means something. */
const plain = (text: string): string =>
  text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]()#+!|<>~]/g, String.raw`\$&`)

const factsOf = (issue: IssueDetailsJson, event: EventJson): [string, string | null | undefined][] => [
  ['Issue', issue.shortId],
  ['Events', issue.count],
  ['Users', String(issue.userCount)],
  ['First seen', issue.firstSeen],
  ['Last seen', issue.lastSeen],
  ['Release', event.release?.version],
  ['Environment', event.environment],
  ['Browser', event.tags.find(({ key }) => key === 'browser')?.value],
  ['Page', entryOf(event, 'request')?.url],
]

const trailOf = (event: EventJson): string[] => {
  const trail = orderTrail(entryOf(event, 'breadcrumbs')?.values ?? []).slice(-CRUMBS)
  if (trail.length === 0) return []
  const lines = trail.map((breadcrumb) => `${breadcrumb.category ?? 'other'}: ${describeBreadcrumb(breadcrumb)}`)
  return ['', '### Before it', '', fence(lines.join('\n'))]
}

/** An event as somebody pastes it into a ticket or a chat. */
export const eventMarkdown = (issue: IssueDetailsJson, event: EventJson, address: string): string => {
  const exceptions = entryOf(event, 'exception')?.values ?? []
  const message = entryOf(event, 'message')?.formatted
  return [
    `## ${plain(issue.title)}`,
    '',
    ...factsOf(issue, event).flatMap(([name, value]) => (value ? [`- **${name}**: ${plain(value)}`] : [])),
    `- ${address}`,
    ...(message ? ['', fence(message)] : []),
    ...(exceptions.length > 0 ? ['', '### Stack', '', fence(stackText(thrownFirst(exceptions)))] : []),
    ...trailOf(event),
    '',
  ].join('\n')
}
