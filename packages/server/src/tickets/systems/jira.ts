import * as v from 'valibot'
import type { Block } from '../draft.ts'
import { toAdf } from '../formats/adf.ts'
import { plainTitle } from '../formats/title.ts'
import { toWiki } from '../formats/wiki.ts'
import { createRemote, mapped, type Remote, type RemoteDeps } from '../remote.ts'
import { hmacHex, isSame } from '../signature.ts'
import type { TicketTargetOf } from '../target.ts'
import type { Answer, Hook, RemoteTicket, TicketSystem } from '../ticket-system.ts'

type Target = TicketTargetOf<'jira' | 'jira-server'>

const IssueKey = v.pipe(v.string(), v.regex(/^[A-Z][A-Z\d_]{1,50}-\d{1,12}$/))
const Category = v.object({ key: v.string() })
const Issue = v.object({
  key: IssueKey,
  fields: v.object({ summary: v.string(), status: v.object({ statusCategory: Category }) }),
})
const Made = v.object({ key: IssueKey })
const Found = v.object({ issues: v.array(Issue) })
const Transitions = v.object({
  transitions: v.array(v.object({ id: v.string(), to: v.object({ statusCategory: Category }) })),
})
const Event = v.object({ issue: v.object({ key: v.string() }) })

// The index of the search learns of new issues some time later.
const FINDS_AFTER_MS = 60_000

// What differs: cloud takes documents and version 3 of REST, one's own server wiki markup and version 2
// (developer.atlassian.com, checked 2026-11).
const CLOUD = { path: '/rest/api/3', search: '/rest/api/3/search/jql', format: toAdf }
const SERVER = { path: '/rest/api/2', search: '/rest/api/2/search', format: toWiki }

const dialectOf = (
  target: Target,
): { path: string; search: string; format: (body: readonly Block[], marker?: string) => unknown } =>
  target.kind === 'jira' ? CLOUD : SERVER

const authorizationOf = (target: Target): string =>
  target.kind === 'jira'
    ? `Basic ${Buffer.from(`${target.email}:${target.token}`).toString('base64')}`
    : `Bearer ${target.token}`

const browse = ({ url }: Target, key: string): string => `${url.replace(/\/+$/, '')}/browse/${key}`

const ticketOf = ({ key, fields }: v.InferOutput<typeof Issue>, target: Target): RemoteTicket => ({
  key,
  url: browse(target, key),
  title: fields.summary,
  isClosed: fields.status.statusCategory.key === 'done',
})

const CATEGORIES = { closed: ['done'], open: ['new', 'indeterminate'] } as const

/** Workflows differ: whichever step leads where the ticket shall be is taken. */
const move = async (remote: Remote, path: string, isClosed: boolean): Promise<Answer<void>> => {
  const categories = CATEGORIES[isClosed ? 'closed' : 'open']
  const known = await remote.read({ path: `${path}/transitions` }, Transitions)
  if (known.status !== 'done') return known
  const steps = categories.flatMap((category) =>
    known.value.transitions.filter(({ to }) => to.statusCategory.key === category),
  )
  if (steps[0])
    return remote.send({ method: 'POST', path: `${path}/transitions`, body: { transition: { id: steps[0].id } } })
  const now = await remote.read({ path: `${path}?fields=summary,status` }, Issue)
  const category = now.status === 'done' ? now.value.fields.status.statusCategory.key : ''
  if ((categories as readonly string[]).includes(category)) return { status: 'done', value: undefined }
  return {
    status: 'refused',
    answer: `The workflow has no step for this account that ${isClosed ? 'closes' : 'opens'} the ticket.`,
  }
}

/** Jira signs like GitHub used to; servers that cannot sign may have the secret in the address. */
const isProven = ({ headers, query, body }: Hook, { kind, hookSecret }: Target): boolean => {
  if (hookSecret === undefined) return false
  const signature = headers['x-hub-signature']
  if (signature !== undefined) return isSame(signature, `sha256=${hmacHex(hookSecret, body)}`)
  return kind === 'jira-server' && query['secret'] !== undefined && isSame(query['secret'], hookSecret)
}

const hear = (hook: Hook, target: Target): readonly string[] | undefined => {
  if (!isProven(hook, target)) return undefined
  const event = v.safeParse(v.pipe(v.string(), v.parseJson(), Event), hook.body.toString())
  return event.success ? [event.output.issue.key] : []
}

const keyOf = (reference: string, target: Target): string | undefined => {
  const [, address, key] =
    /^(?:(https?:\/\/.+)\/browse\/)?([A-Z][A-Z\d_]{1,50}-\d{1,12})(?:[/?#].*)?$/i.exec(reference.trim()) ?? []
  const isElsewhere = address !== undefined && address.toLowerCase() !== target.url.replace(/\/+$/, '').toLowerCase()
  return isElsewhere ? undefined : key?.toUpperCase()
}

/** Issues of a Jira project, in Atlassian's cloud or on one's own server. */
export const jiraSystem = (target: Target, deps: RemoteDeps): TicketSystem => {
  const { path, search, format } = dialectOf(target)
  const remote = createRemote({ base: target.url, headers: { authorization: authorizationOf(target) } }, deps)
  return {
    findsAfterMs: FINDS_AFTER_MS,
    check: async () => {
      const project = await remote.read({ path: `${path}/project/${target.project}` }, v.object({ name: v.string() }))
      return mapped(project, ({ name }) => `Reads the project ${name}.`)
    },
    keyOf: (reference) => keyOf(reference, target),
    find: async (marker) => {
      const jql = `project = "${target.project}" AND description ~ "\\"${marker}\\""`
      const query = `jql=${encodeURIComponent(jql)}&fields=summary,status&maxResults=1`
      return mapped(
        await remote.read({ path: `${search}?${query}` }, Found),
        ({ issues: [found] }) => found && ticketOf(found, target),
      )
    },
    create: async ({ marker, title, body }) => {
      const summary = plainTitle(title)
      const fields = {
        project: { key: target.project },
        issuetype: { name: target.issueType },
        summary,
        description: format(body, marker),
      }
      const made = await remote.read({ method: 'POST', path: `${path}/issue`, body: { fields } }, Made)
      return mapped(made, ({ key }) => ({ key, url: browse(target, key), title: summary, isClosed: false }))
    },
    read: async (key) => {
      const asked = await remote.ask({ path: `${path}/issue/${key}?fields=summary,status` })
      if (asked.ok && asked.status === 404) return { status: 'done', value: undefined }
      return mapped(remote.parse(asked, Issue), (issue) => ticketOf(issue, target))
    },
    comment: (key, { body }) =>
      remote.send({ method: 'POST', path: `${path}/issue/${key}/comment`, body: { body: format(body) } }),
    setClosed: (key, isClosed) => move(remote, `${path}/issue/${key}`, isClosed),
    hear: (hook) => hear(hook, target),
  }
}
